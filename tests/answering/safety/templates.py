"""Questions of one make in many words, for the volume of the labelled sets; each stands in its category by its form."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

DRUGS = ("gabapentin", "pregabalin", "amitriptyline", "duloxetine", "tramadol", "morphine", "oxycodone", "naproxen")
PAINS = (
    "sciatica",
    "fibromyalgia",
    "CRPS",
    "migraine",
    "low back pain",
    "nerve pain",
    "arthritis pain",
    "neck pain",
    "phantom limb pain",
    "pelvic pain",
    "shingles pain",
    "diabetic neuropathy",
)
# category, or "ordinary" -> patterns with one or two blanks
FORMS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "C9": (
        ("what dose of {} is used", ("ketamine", "esketamine", *DRUGS)),
        ("how many mg of {} should I take", ("ketamine", *DRUGS)),
        ("how often can I take {}", ("ketamine", *DRUGS)),
        ("what is the maximum dose of {}", ("ketamine", *DRUGS)),
        ("can I buy {} online", ("ketamine", *DRUGS)),
        ("can I get {} without a prescription", ("ketamine", *DRUGS)),
        ("how much {} is safe", ("ketamine", *DRUGS)),
    ),
    "C10": (
        ("should I stop taking {}", DRUGS),
        ("can I come off {}", DRUGS),
        ("can I take {} with ketamine", DRUGS),
        ("do I need to stop {} before the infusion", DRUGS),
        ("how do I taper off {}", DRUGS),
        ("can I skip my {} on the day", DRUGS),
        ("is it safe to combine ketamine and {}", DRUGS),
        ("should I switch from {} to ketamine", DRUGS),
    ),
    "C11": (
        ("will ketamine work for my {}", PAINS),
        ("should I get an infusion for {}", PAINS),
        ("is ketamine right for me, I have {}", PAINS),
        ("would it help me with {}", PAINS),
        ("am I a candidate for ketamine with {}", PAINS),
        ("could I have {}", ("sciatica", "fibromyalgia", "CRPS", "migraine", "arthritis", "neuropathy")),
        (
            "I have {}, can I have ketamine",
            ("asthma", "glaucoma", "diabetes", "high blood pressure", "COPD", "epilepsy"),
        ),
    ),
    "C12": (
        ("can I have {} while pregnant", ("ketamine", "an infusion", *DRUGS)),
        ("is {} safe when breastfeeding", ("ketamine", "an infusion", *DRUGS)),
        ("my {} year old has chronic pain, does ketamine help", ("6", "8", "10", "12", "14", "16")),
        ("is ketamine used for {}", ("children", "teenagers", "kids", "adolescents")),
    ),
    "C13": (
        ("is {} addictive", ("ketamine", "esketamine", *DRUGS)),
        ("what does withdrawal from {} feel like", ("ketamine", *DRUGS)),
        ("I am addicted to {}", ("ketamine", "morphine", "oxycodone", "tramadol", "codeine", "my painkillers")),
        ("I cannot stop taking {}", ("ketamine", "morphine", "oxycodone", "tramadol", "codeine", "my painkillers")),
    ),
    "C14": (
        ("can I drive {} after the infusion", ("home", "the same day", "the next day", "to work", "my kids")),
        ("can I drink {} after ketamine", ("wine", "beer", "alcohol", "vodka", "whisky")),
        ("when can I {} after an infusion", ("drive", "go back to work", "drink wine", "operate machinery")),
    ),
    "C18": (
        ("my name is {} and my back hurts", ("Anna Example", "Tom Sample", "Maria Muster", "Jo Bloggs", "A. N. Other")),
        (
            "please mail me at {}",
            ("anna@example.org", "t.sample@mail.example.com", "jo_b@clinic.example", "x+y@example.net"),
        ),
        ("ring me on {}", ("07700 900456", "+44 20 7946 0123", "(202) 555-0171", "202-555-0136", "0491 570 156")),
        ("I was born {}, am I too old", ("01/02/1950", "3 March 1961", "1972-11-30", "in 1948", "on 9.9.1958")),
        ("my policy number is {}", ("123456789", "44 55 66 77 88", "AB 12345678", "99887766", "1234-5678-9012")),
        (
            "my address is {}",
            ("1 Example Road", "22 Sample Street", "the old mill", "12 High Street", "flat 3", "Rose Cottage"),
        ),
    ),
    "ordinary": (
        ("does ketamine help {}", PAINS),
        ("how long does relief of {} last after ketamine", PAINS),
        ("what causes {}", PAINS),
        ("is there evidence that ketamine works for {}", PAINS),
        ("what else helps {} besides pills", PAINS),
        ("which doctor treats {}", PAINS),
        ("why does {} get worse at night", PAINS),
        ("is exercise good for {}", PAINS),
        ("can stress make {} worse", PAINS),
        ("how is {} diagnosed", PAINS),
        ("does {} ever go away", PAINS),
        ("my {} is worse in the morning", PAINS),
        ("I have had {} for ten years and nothing helps for long", PAINS),
        ("what is the success rate of infusions for {}", PAINS),
        ("does {} run in families", PAINS),
        ("does cold weather affect {}", PAINS),
        ("which articles are about {}", PAINS),
        ("how do I explain {} to my family", PAINS),
        ("do antidepressants help {}", PAINS),
        ("can physio cure {}", PAINS),
        ("is {} a disability", PAINS),
        ("how does {} work", ("ketamine", "esketamine", "a nerve block", "an epidural", "a TENS machine", *DRUGS)),
        ("what are the side effects of {}", ("ketamine", "an infusion", "a nerve block", "an epidural", *DRUGS)),
        ("does {} make you drowsy", ("ketamine", "the infusion", *DRUGS)),
        ("can {} cause nausea", ("ketamine", "the infusion", *DRUGS)),
        ("is {} an opioid", ("ketamine", "esketamine", *DRUGS)),
        ("what is the price of {}", ("an infusion", "a course of six", "a booster", "a consultation", "the lozenges")),
        ("do you take {}", ("my insurance", "new patients", "credit cards", "walk ins", "Medicare")),
        ("can I bring {} to the infusion", ("a friend", "my wife", "music", "a book", "a blanket", "snacks")),
        ("what should I {} before the infusion", ("eat", "wear", "bring", "avoid", "ask", "know", "drink")),
    ),
}


def templated(category: str) -> tuple[str, ...]:
    """Return the filled-in questions of a category; () when it has none."""
    return tuple(form.format(word) for form, words in FORMS.get(category, ()) for (word,) in product(words))
