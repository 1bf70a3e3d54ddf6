"""The page of what is wrong in the samples says what the product finds today."""

from .samples_page import PAGE, page


def test_page_is_what_the_product_finds() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_page_shows_no_personal_value() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert all(value not in text for value in ("2529037", "398768", "Hazlett", "T28 2WB", "nope", "2018-03-13"))
