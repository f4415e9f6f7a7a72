"""Scenes of a network that is raised, for tests that look at every screen."""

from app.raising.chapter import Chapter
from app.raising.school import School
from app.raising.screen import RaisingScreen
from app.raising.story_process import StoryStep
from app.raising.task import StoryTask
from app.retraining.process import State
from app.retraining.reports import Failed
from model.training.biases import Bias
from tests.app.raising.pupils import FakeRaising, FakeStory
from tests.app.scenes import PAGE, Play, Scene


def _open(scene: Scene) -> tuple[RaisingScreen, School]:
    screen = RaisingScreen(scene.session)
    scene.view.show(screen)
    return screen, screen.school


def _raised(count: int = 6, state: State = State.RUNNING, drawn: bool = True, missing: tuple[int, ...] = ()) -> Play:
    """A network that has grown so many times."""

    def play(scene: Scene) -> None:
        screen, school = _open(scene)
        for digit in missing:
            school.choose("digits", digit)
        pupil = FakeRaising(school.choices)
        school.raised = pupil
        pupil.grow(count)
        scene.view.update(0)
        pupil.state = state
        if drawn:
            scene.session.ink.replace(PAGE)
            screen.reader._next_live = 0.0

    return play


def _too_small(scene: Scene) -> None:
    _, school = _open(scene)
    for name in ("many", "filters"):
        school.choose(name, value=False)
    school.raised = pupil = FakeRaising(school.choices)
    pupil.grow()
    pupil.end()


def _failed(scene: Scene) -> None:
    _, school = _open(scene)
    school.raised = pupil = FakeRaising(school.choices)
    pupil.tell(Failed("retrain.failed.start", "Cannot allocate memory"))


def _preparing(scene: Scene) -> None:
    _, school = _open(scene)
    school.raised = FakeRaising(school.choices)


def _travelled(back: int, *, drawn: bool = True, filters: bool = True) -> Play:
    """So many moments before the newest."""

    def play(scene: Scene) -> None:
        screen, school = _open(scene)
        school.choose("filters", filters)
        school.raised = pupil = FakeRaising(school.choices)
        pupil.grow(8)
        scene.view.update(0)
        screen.turn_to(Chapter.TIME)
        screen.view.step(-back, 0)
        if drawn:
            scene.session.ink.replace(PAGE)
            screen.reader._next_live = 0.0

    return play


def _story(bias: Bias, step: StoryStep, *, drawn: bool = False) -> Play:
    """A story of this kind at one of its steps."""

    def play(scene: Scene) -> None:
        screen, school = _open(scene)
        school.story = teller = FakeStory(StoryTask(bias=bias))
        screen.turn_to(Chapter.STORY)
        (teller.learn if step is StoryStep.LEARN else teller.fail)()
        scene.view.update(0)
        if step in (StoryStep.REPAIR, StoryStep.DONE):
            teller.repair()
            teller.tell(teller.tried(9))
        if step is StoryStep.DONE:
            teller.end()
        if drawn:
            scene.session.ink.replace(PAGE)
            screen.reader._next_live = 0.0
        scene.view.update(0)

    return play


def _failed_story(scene: Scene) -> None:
    screen, school = _open(scene)
    school.story = teller = FakeStory(StoryTask())
    teller.tell(Failed("retrain.failed.memory"))
    screen.turn_to(Chapter.STORY)


def _preparing_story(scene: Scene) -> None:
    screen, school = _open(scene)
    school.story = FakeStory(StoryTask(bias=Bias.LABELS))
    screen.turn_to(Chapter.STORY)


RAISING_SCENES: dict[str, Play] = {
    "time machine, nothing yet": lambda scene: _open(scene)[0].turn_to(Chapter.TIME),
    "time machine, newest": _travelled(0),
    "time machine, without a drawing": _travelled(2, drawn=False, filters=False),
    "raising, choices": _open,
    "raising, preparing": _preparing,
    "raising, nothing yet": _raised(1, drawn=False),
    "raising, it learns": _raised(),
    "raising, it stands still": _raised(state=State.PAUSED, drawn=False),
    "raising, two digits missing": _raised(missing=(3, 7)),
    "raising, nine never seen": _raised(missing=(0, 1, 2, 3, 4, 5, 6, 7), drawn=False),
    "raising, it is over": _raised(state=State.ENDED, drawn=False, missing=(7,)),
    "raising, it failed": _failed,
    "raising, too small to learn more": _too_small,
    "stories": lambda scene: _open(scene)[0].turn_to(Chapter.STORY),
    "story, preparing": _preparing_story,
    "story, it failed": _failed_story,
    "story, the drawing is read": _story(Bias.BARS, StoryStep.FAIL, drawn=True),
    **{f"story {bias.value}, {step.value}": _story(bias, step) for bias in Bias for step in StoryStep},
}
