"""Networks in other forms: a web page, ONNX, arrays of other libraries' layers."""
