"""The two challenges of the event mode: their rules, and their screens driven by finger, mouse and keyboard."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.event.challenge import Challenge
from app.event.fool import Fooling, FoolResult, FoolScreen, judge
from app.event.guess import FRESH_AFTER, LENGTH, PAUSE, GuessRound, GuessScreen
from app.event.kiosk import Kiosk
from app.event.tally import Tally
from app.session.session import Session
from model.reading.reader import Reading
from tests.app.conftest import FakeReader
from tests.app.visitor import Clock, Visitor


class Player(Visitor):
    """A visitor who plays: the paper is that of the challenge."""

    @property
    def challenge(self) -> Challenge:
        assert isinstance(self.view.screen, Challenge)
        return self.view.screen

    def on_paper(self, x: float, y: float) -> tuple[float, float]:
        paper = self.challenge.layout.paper
        return paper.left + x * paper.width / 256, paper.top + y * paper.width / 256


def reading(digit: int, share: float = 0.95) -> Reading:
    probabilities = np.full(10, (1 - share) / 9, np.float32)
    probabilities[digit] = share
    return Reading(probabilities, digit, share >= 0.8, share >= 0.4, share, None)


def take_for(reader: FakeReader, digit: int, share: float = 0.95) -> None:
    reader.probabilities = reading(digit, share).probabilities


@pytest.fixture
def play(session: Session, rng: np.random.Generator) -> Callable[[str], Player]:
    def start(name: str) -> Player:
        clock = Clock()
        player = Player(Kiosk(session, (1920, 1080), rng, clock), clock)
        player.tap(name)
        player.challenge.session.reader.live_gap = 0.0  # read in every frame
        return player

    return start


# -- fool the network -----------------------------------------------------------------------------------------


def test_what_fools_it() -> None:
    assert judge(reading(9), 4) is FoolResult.FOOLED
    assert judge(reading(4, 0.6), 4) is FoolResult.FOOLED
    assert judge(reading(9, 0.6), 4) is FoolResult.FOOLED
    assert judge(reading(4), 4) is FoolResult.READ
    assert judge(reading(9, 0.2), 4) is FoolResult.NO_DIGIT


def test_a_try_counts_once_and_a_scribble_not_at_all(play: Callable[[str], Player], reader: FakeReader) -> None:
    player = play("fool")
    player.tap("4")
    for digit, share, tries, fooled in ((9, 0.95, 1, 1), (4, 0.95, 2, 1), (9, 0.2, 2, 1), (4, 0.5, 3, 2)):
        take_for(reader, digit, share)
        player.seven()
        player.wait(0.5)
        assert player.challenge.repeats is False
        player.wait(1)
        player.wait(30)
        day = player.view.guestbook.tally.today
        assert (day.fool_tries[4], day.fooled[4]) == (tries, fooled)
        assert player.challenge.repeats
    assert day.drawings == 0  # no drawing of a challenge is one of the day's readings


def test_the_next_touch_begins_the_next_try_with_the_same_digit(play: Callable[[str], Player]) -> None:
    player = play("fool")
    player.tap("2")
    player.seven()
    player.wait(1.2)
    player.draw((60, 60), (60, 200))
    screen = player.challenge
    assert isinstance(screen, FoolScreen)
    assert len(screen.session.ink.page.strokes) == 1
    assert (screen.fooling.result, screen.fooling.asked) == (None, 2)


def test_lifting_the_pen_between_strokes_does_not_end_the_try(play: Callable[[str], Player]) -> None:
    player = play("fool")
    for _ in range(3):
        player.draw((60, 60), (60, 200))
        player.wait(0.8)
    assert not player.challenge.over
    assert len(player.challenge.session.ink.page.strokes) == 3


def test_fooling_says_what_it_saw(play: Callable[[str], Player], reader: FakeReader) -> None:
    player = play("fool")
    player.tap("4")
    take_for(reader, 9)
    player.seven()
    player.wait(1.2)
    screen = player.challenge
    assert isinstance(screen, FoolScreen)
    assert screen.verdict == ("You fooled me!", "I took your 4 for a\u00a09.")
    assert screen.score == "Fooled today: 1 of 1"


def test_an_empty_paper_is_no_try(session: Session, rng: np.random.Generator) -> None:
    clock = Clock()
    fooling = Fooling(session, Tally(), rng, clock)
    fooling.lift()
    clock.now += 5
    fooling.update()
    assert fooling.result is None
    assert Tally().dates() == []


# -- guess with me --------------------------------------------------------------------------------------------


def test_a_round_asks_six_different_digits_and_stops_the_clock(rng: np.random.Generator) -> None:
    clock, tally = Clock(), Tally()
    for seconds, best in ((12.0, True), (15.0, False), (9.0, True)):
        asked = GuessRound(tally, rng, clock)
        assert len(set(asked.digits)) == LENGTH
        assert not asked.see(reading(asked.asked))  # the clock does not run yet
        asked.touch()
        for digit in asked.digits:
            assert not asked.see(reading((digit + 1) % 10))
            assert not asked.see(reading(digit, 0.7))
            clock.now += seconds / LENGTH
            assert asked.see(reading(digit))
        clock.now += 100
        assert asked.over
        assert asked.seconds == pytest.approx(seconds)
        assert asked.is_best is best
    assert (tally.today.rounds, tally.today.best) == (3, pytest.approx(9.0))


def play_round(player: Player, reader: FakeReader) -> None:
    screen = player.challenge
    assert isinstance(screen, GuessScreen)
    for digit in screen.round.digits:
        take_for(reader, digit)
        player.down(player.on_paper(60, 60))
        player.move(player.on_paper(120, 90))
        player.wait(1)
        player.frame()
        player.up(player.on_paper(120, 120))


def test_it_goes_on_while_the_pen_is_still_down(play: Callable[[str], Player], reader: FakeReader) -> None:
    player = play("guess")
    play_round(player, reader)
    screen = player.challenge
    assert isinstance(screen, GuessScreen)
    assert screen.over
    player.settle()
    shown = player.surface.copy()
    player.view.draw(player.surface, [player.surface.get_rect()])
    assert pygame.surfarray.array3d(shown).tobytes() == pygame.surfarray.array3d(player.surface).tobytes()
    assert player.view.guestbook.tally.today.rounds == 1
    assert screen.session.ink.empty
    assert screen.task.headline.startswith("All six in ")
    player.draw((60, 60), (60, 200))
    assert screen.session.ink.empty
    player.tap("again")
    assert not screen.over


def test_the_rest_of_a_digit_does_not_get_into_the_next(play: Callable[[str], Player], reader: FakeReader) -> None:
    player = play("guess")
    screen = player.challenge
    assert isinstance(screen, GuessScreen)
    take_for(reader, screen.round.asked)
    player.draw((60, 60), (60, 200))
    player.frame()
    assert screen.round.at == 1
    player.wait(PAUSE / 2)
    player.draw((60, 60), (120, 60))
    assert screen.session.ink.empty
    player.wait(PAUSE)
    player.draw((60, 60), (120, 60))
    assert not screen.session.ink.empty


def test_what_was_not_read_makes_room_for_a_new_drawing(play: Callable[[str], Player], reader: FakeReader) -> None:
    player = play("guess")
    screen = player.challenge
    assert isinstance(screen, GuessScreen)
    take_for(reader, screen.round.asked, 0.5)
    player.draw((60, 60), (60, 200))
    player.wait(FRESH_AFTER - 0.5)
    player.draw((90, 60), (90, 200))
    assert len(screen.session.ink.page.strokes) == 2
    player.wait(FRESH_AFTER + 0.5)
    player.draw((90, 60), (90, 200))
    assert len(screen.session.ink.page.strokes) == 1


# -- both -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fool", "guess"])
@pytest.mark.parametrize("way", ["tap", "click", "key", "escape", "idle"])
def test_every_way_back(name: str, way: str, play: Callable[[str], Player]) -> None:
    player = play(name)
    player.seven()
    if way == "tap":
        player.tap("back")
    elif way == "click":
        player.click("back")
    elif way == "escape":
        player.key(pygame.K_ESCAPE)
    elif way == "key":
        player.key(pygame.K_TAB, mod=pygame.KMOD_LSHIFT)
        while player.challenge.controls.focused != "back":
            player.key(pygame.K_TAB)
        player.key(pygame.K_RETURN)
    else:
        player.wait(50)
    assert player.view.dialogs == []
    assert player.session.ink.empty
    player.wait(30)
    assert player.view.guestbook.tally.today.drawings == 0


@pytest.mark.parametrize("name", ["fool", "guess"])
def test_the_keyboard_draws(name: str, play: Callable[[str], Player]) -> None:
    player = play(name)
    player.key(pygame.K_SPACE)
    player.hold(pygame.K_RIGHT)
    for _ in range(20):
        player.frame()
    player.release(pygame.K_RIGHT)
    player.key(pygame.K_SPACE)
    strokes = player.challenge.session.ink.page.strokes
    assert len(strokes) == 1
    assert strokes[0].points[-1][0] > strokes[0].points[0][0] + 20
    assert not player.challenge.session.ink.busy


@pytest.mark.parametrize("name", ["fool", "guess"])
def test_nothing_is_drawn_when_nothing_changes(name: str, play: Callable[[str], Player]) -> None:
    player = play(name)
    player.frame()
    assert player.frame() == []
    assert not player.challenge.moving


def test_the_display_may_turn_in_the_middle_of_a_stroke(play: Callable[[str], Player]) -> None:
    player = play("fool")
    player.down(player.on_paper(60, 60))
    player.view.resize((1080, 1920))
    player.surface = pygame.Surface((1080, 1920))
    player.frame()
    player.move(player.on_paper(160, 200))
    player.up(player.on_paper(160, 200))
    points = player.challenge.session.ink.page.strokes[0].points
    assert points[-1] == pytest.approx((160, 200), abs=1)


def test_a_round_of_more_than_an_hour_is_not_counted(rng: np.random.Generator) -> None:
    for seconds, rounds in ((3599.0, 1), (3601.0, 1)):
        clock, tally = Clock(), Tally()
        asked = GuessRound(tally, rng, clock)
        asked.touch()
        clock.now += seconds
        for digit in asked.digits:
            asked.see(reading(digit))
        assert asked.over
        assert tally.today.rounds == rounds


@pytest.mark.parametrize(("after", "strokes"), [(-0.05, 2), (0.05, 1)])
def test_a_new_drawing_begins_two_seconds_after_the_pen_went_up(
    after: float, strokes: int, play: Callable[[str], Player], reader: FakeReader
) -> None:
    player = play("guess")
    take_for(reader, 0, 0.5)
    player.draw((60, 60), (60, 200))
    player.wait(2.0 + after)
    player.draw((90, 60), (90, 200))
    assert len(player.challenge.session.ink.page.strokes) == strokes


@pytest.mark.parametrize(("after", "draws"), [(-0.05, False), (0.05, True)])
def test_the_paper_takes_nothing_for_a_moment_after_a_digit(
    after: float, draws: bool, play: Callable[[str], Player], reader: FakeReader
) -> None:
    player = play("guess")
    screen = player.challenge
    assert isinstance(screen, GuessScreen)
    take_for(reader, screen.round.asked)
    player.draw((60, 60), (60, 200))
    player.frame()
    assert screen.round.at == 1
    player.wait(0.4 + after)
    player.draw((60, 60), (120, 60))
    assert screen.session.ink.empty is not draws


def test_again_is_the_strong_button_once_a_round_is_over(play: Callable[[str], Player], reader: FakeReader) -> None:
    player = play("guess")
    centre = player.rect("again").move(0, 20).center
    before = player.surface.get_at(centre)
    play_round(player, reader)
    player.settle()
    assert player.surface.get_at(centre) != before
