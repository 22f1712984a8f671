"""Which language a page speaks: Vietnamese unless the person chose English."""

from functools import cached_property

from babel.support import NullTranslations
from flask import has_request_context, request
from flask_babel import Babel, Domain, get_locale

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "language"
A_YEAR = 365 * 86400


def chosen() -> str:
    """The language of this request."""
    wanted = request.cookies.get(COOKIE, "vi") if has_request_context() else "vi"
    return wanted if wanted in LANGUAGES else "vi"


class Catalogues(Domain):
    """The sentences of every language, found by its code: a page looks up hundreds of them."""

    def __init__(self, domain: str) -> None:
        super().__init__(domain=domain)
        self.by_code: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """The sentences of the language in force."""
        locale = get_locale()
        if locale is None:
            return NullTranslations()
        found = self.by_code.get(locale.language)
        if found is None:
            found = self.by_code[locale.language] = super().get_translations()
        return found


class Languages(Babel):
    """Flask-Babel with our catalogues."""

    @cached_property
    def domain_instance(self) -> Catalogues:
        """The catalogues of the application."""
        return Catalogues(self.domain)
