from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.promotion import is_button, may_sell, sells, sells_throughout, without_offer
from tests.cpu import cpu_seconds

SELLS = """
We offer complete infusion packages and follow-up appointments for our patients.
We provide a full range of pain management services tailored to your needs.
Our board-certified specialists offer personalized treatment plans.
Our team is dedicated to helping you find relief.
At Lakeview Pain Clinic, we specialize in compassionate care for every patient.
At SpineWell, our friendly chiropractors create custom care plans for sciatica.
Riverside Infusion Center is a leading provider of ketamine therapy in Ohio.
Our caring team at Sunrise Ketamine Center has helped thousands of patients find relief.
Call us today to schedule your free consultation.
Contact us to book today!
Contact Lakeview Wellness today to learn more.
Call (555) 123-4567 to get started.
If you are tired of living with pain, reach out to our team to learn more.
If you have chronic pain, contact our office today to schedule an appointment.
Schedule a consultation online to see if ketamine is right for you.
Contact a ketamine clinic near you today to learn more.
The first step is a free consultation!
Book now and get 20% off your first infusion.
We accept most insurance plans.
Flexible financing and payment plans are available.
Don't wait another day to get your life back.
You deserve a life without pain.
Click here to fill out our form.
Visit our website to find out more about our packages.
""".strip().split("\n")

TELLS = """
People who crave it can call the free SAMHSA helpline at 1-800-662-4357.
Call the Poison Help line at 1-800-222-1222 now.
Ring the ward free of charge on 800-555-0199 when you are home.
Visit MedlinePlus for more information.
Don't hesitate to call your health care provider if something worries you.
The north-east became the leading centre for experiments with steam.
Contact Medicare to find out what it pays.
Contact your doctor if the pain gets worse.
Call 911 or go to the nearest emergency room now.
Call our office right away if you have a fever after the infusion.
Call us at (555) 010-2233 if you have trouble breathing.
We do not know exactly how ketamine works.
Make an appointment with your pain specialist before you change a dose.
Schedule an appointment with your doctor to find out which test you need.
Ask your doctor about other options today.
Talk to your pharmacist now about what to do.
Doctors offer physical therapy to many people with back pain.
Sharing a decision with your care team takes time.
Book a driver for the day of the infusion.
Before the infusion, we ask you to fast.
Researchers offer several explanations.
Physical therapy can help you get started.
Schedule rest breaks during the day.
Ketamine is given at a hospital or clinic by trained staff.
The Mayo Clinic advises people to keep a list of medicines.
Pain centers offer a range of treatments.
Tell your team about all medicines you take.
Today, the drug is administered through a vein.
Most health plans do not cover ketamine for pain.
Some clinics offer ketamine at home, which the FDA warns about.
We offer ketamine infusions only after two other treatments have failed.
Support groups offer company on hard days.
You can take the first step with five minutes of walking.
Your journey home needs a driver.
The next step is a scan.
Consult a pain specialist who knows ketamine.
Consulting a pain specialist is the first step.
Do not wait to see a doctor when a leg goes numb.
The trial offered free treatment to all who took part.
Pain clinics are often the best place for such a plan.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", SELLS)
def test_sentence_that_sells(sentence):
    assert may_sell(sentence)
    assert sells(sentence)


@pytest.mark.parametrize("sentence", TELLS)
def test_sentence_that_tells(sentence):
    assert not sells(sentence)


@pytest.mark.parametrize(
    "line",
    [
        "Book Now",
        "BOOK YOUR CONSULTATION",
        "Request an Appointment",
        "Schedule a Free Consultation",
        "Contact Us Today",
        "Get Started",
        "Learn More",
        "Ready to Take the First Step?",
        "Take the Quiz",
        "Free Consultation",
        "Schedule Your Visit With SpineWell",
        "Verify Your Insurance",
    ],
)
def test_label_of_a_button(line):
    assert is_button(line)


@pytest.mark.parametrize(
    "line",
    [
        "Call 911",
        "Book",
        "Learn",
        "Start Slowly",
        "Book a driver",
        "Contact your doctor",
        "Get help now",
        "Ready for surgery?",
        "First steps",
    ],
)
def test_heading_that_is_no_button(line):
    assert not is_button(line)


def test_an_offer_at_the_end_is_cut_and_the_rest_stays_byte_for_byte():
    text = "Relief lasts for days.  Some people come back. We offer flexible maintenance plans for our patients."
    assert without_offer(text) == "Relief lasts for days.  Some people come back."


def test_an_offer_amid_a_paragraph_stays_because_words_are_never_taken_out_of_the_middle():
    text = "Call us today to book your visit. Relief lasts for days."
    assert without_offer(text) == text


def test_a_paragraph_that_only_sells_is_known_as_such():
    assert sells_throughout("Our team is here to help you heal. Call us today to schedule a visit!")
    assert not sells_throughout("Relief lasts for days. Call us today to schedule a visit!")


@given(st.text(max_size=300))
def test_what_is_left_is_the_beginning_of_the_text(text):
    assert text.startswith(without_offer(text))


@pytest.mark.parametrize(
    "scrap", ["our team ", "we offer ", "at Lake ", "call us ", "don't let ", "this blog ", "A. ", "state of the art "]
)
def test_no_sentence_takes_long_to_judge(scrap):
    assert cpu_seconds(lambda: sells(scrap * 40)) < 0.1
