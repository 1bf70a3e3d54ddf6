"""The form of what a site says. Operations check what is allowed."""

from django import forms

from trefoil.editing.forms import EditedForm

from .models import LONGEST_HOST

NUMBER = "Digits and spaces. Left empty, no number is shown."


def _line(label: str, hint: str = "", *, longest: int = 150) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest)


def _words(label: str, hint: str, *, longest: int, rows: int) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, widget=box)


class SiteForm(EditedForm):
    """Everything that a site says beside the published editions. Anybody may read it."""

    host = _line(
        "Name of the site", "Such as safeguarding.example.org. People sign in under another.", longest=LONGEST_HOST
    )
    lead = _words("First sentence of the home page", "What the partnership is for.", longest=300, rows=2)
    front_door_name = _line(
        "Who takes up worries about a child", "Such as: the council’s front door for children.", longest=80
    )
    front_door_phone = _line("Their telephone number", NUMBER, longest=30)
    front_door_hours = _line("When they answer", "Such as: Monday to Friday, 9am to 5pm.")
    out_of_hours_phone = _line("The number at night, at weekends and on bank holidays", NUMBER, longest=30)
    front_door_page = forms.URLField(
        label="Their own page", help_text="Begins with https://", required=False, assume_scheme="https"
    )
    email = forms.EmailField(
        label="E-mail of the partnership’s team", help_text="A mailbox of the team, not of a person.", required=False
    )
    phone = _line("Telephone of the partnership’s team", NUMBER, longest=30)
    post_address = _words("Postal address", "", longest=300, rows=4)
    privacy_email = forms.EmailField(label="E-mail for questions about personal data", required=False)
    procedures_name = _line("Procedures shared with other areas", "Their name. Give their page too.", longest=100)
    procedures_page = forms.URLField(
        label="Page of these procedures", help_text="Begins with https://", required=False, assume_scheme="https"
    )
    training = _words("Training", "What there is, and how to ask for it. Name no person.", longest=2000, rows=8)
    lists_agencies = forms.BooleanField(
        label="Name the partners and relevant agencies, with why each was chosen", required=False
    )
    lists_groups = forms.BooleanField(label="Name the groups, with what each is for", required=False)
