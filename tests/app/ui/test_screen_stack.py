"""The stack of screens: what is drawn again when notices come, go and move."""

import pygame

from tests.app.hands import Hands


def test_a_notice_is_drawn_where_it_comes_and_again_where_it_went(hands: Hands) -> None:
    clean = pygame.image.tobytes(hands.surface, "RGB")
    hands.session.context.notices.add("Something to know.")
    damage = hands.frame()
    assert damage and all(rect.height < 100 for rect in damage)
    assert pygame.image.tobytes(hands.surface, "RGB") != clean
    assert hands.frame() == []
    hands.session.context.notices.dismiss()
    assert hands.frame() == damage
    assert pygame.image.tobytes(hands.surface, "RGB") == clean


def test_a_notice_goes_from_where_it_is_after_the_window_has_another_size(hands: Hands) -> None:
    hands.session.context.notices.add("Something to know.")
    hands.frame()
    hands.view.resize((900, 700))
    hands.surface = pygame.Surface((900, 700))
    hands.frame()
    assert hands.view.hits_notice((450, 20))
    hands.session.context.notices.dismiss()
    assert any(rect.collidepoint(450, 20) for rect in hands.frame())
    assert not hands.view.hits_notice((450, 20))


def test_of_two_notices_only_what_differs_is_drawn(hands: Hands) -> None:
    hands.session.context.notices.add("one")
    hands.frame()
    first = pygame.image.tobytes(hands.surface, "RGB")
    hands.session.context.notices.add("two")
    (damage,) = hands.frame()
    assert not damage.collidepoint(hands.view.size[0] / 2, 25)
    assert pygame.image.tobytes(hands.surface, "RGB") != first
