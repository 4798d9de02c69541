from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus import furniture
from chatbot.corpus.furniture import LONGEST_LINE, is_furniture, is_neighbour, is_of, label
from chatbot.corpus.patterns import patterns, spelled
from tests.cpu import cpu_seconds

# Lines as site builders print them, by class.
LINES = """
Previous
Next
PREVIOUS POST
Next Article →
« Older Entries
Newer posts
Back to top
Back to Blog
Return to all articles
← Back to News
Skip to content
Skip to main content
Jump to navigation
Home
Menu
Main navigation
Open Menu Close Menu
Toggle navigation
Search
Search for:
Log in / Sign up
Read more
Read More About Sleep
Continue reading
Show less
View all posts
All Posts
Load more comments
1 2 3 … 12
Page 2 of 9
Home » Blog » Sore Knees
Home > Conditions > Gout
Blog / Sleep
Printer-friendly version
Advertisement
Next: Eating Before Surgery
Previous post: A Gentle Guide to Scars
← Why Rest Days Matter
Pacing Through a Busy Week →
Next Post Choosing a Mattress
Share this:
Share
Share this post
Share on Facebook
Tweet
Facebook Twitter LinkedIn
Facebook | X | Email | Print
Share via Email
Copy link
Pin it
Click to share on Twitter (Opens in new window)
Like this: Like Loading...
Follow
Print this page
Comments
0 Comments
3 comments
No Comments Yet
Comments (12)
Leave a Reply
Leave a Comment
Leave a Reply Cancel reply
Post a comment
Add new comment
Submit a Comment
Write a comment...
Join the conversation
2 thoughts on “Walking With a Sore Hip”
One Response to Sore Knees
Comments are closed.
Be the first to comment!
Log in or register to post comments
You must be logged in to post a comment.
Your email address will not be published. Required fields are marked *
Email *
First Name
Your name (required)
Email Address*
Phone Number
Message
Website
Save my name, email, and website in this browser for the next time I comment.
Notify me of new posts by email.
Notify me of follow-up comments by email.
Post Comment
Submit
Send Message
I'm not a robot
This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.
This site uses Akismet to reduce spam. Learn how your comment data is processed.
No HTML tags allowed.
Lines and paragraphs break automatically.
Thank you for subscribing!
Sort by: Newest
© 2024 Harbor Spine Journal
Copyright 2019 Hill Clinic. All rights reserved.
Privacy Policy
Terms & Conditions
Terms of Use | Privacy Policy | Sitemap
Accept all cookies
Manage preferences
We use cookies to improve your experience on our website.
This website uses cookies. By continuing to browse you agree to our use of cookies.
By subscribing you agree to our privacy policy.
Powered by WordPress
Website by BrightPixel Studio
Disclaimer: The information on this blog is for educational purposes only and is not medical advice.
Tags: insomnia, pain
Tagged heat, cold
Posted in Back care
Filed under: Sleep
Categories
Category: Knees
#pacing #chronicpain
121 views
1,024 reads
24 views0 comments
1.2K
Photo by Lena Brandt on Unsplash
Image source: Hill Clinic
Image credit: Jo Park
SpineWell logo
Image of a woman holding her back
2 min read
5 minute read
Reading Time: 4 minutes
Estimated reading time: 7 min
3-5 min read
Less than a minute
Subscribe to our newsletter
Sign up for our newsletter
Join our mailing list
Get the latest articles straight to your inbox
Never miss a post
Enter your email
Follow us on Instagram
Like us on Facebook!
Stay connected with us
Sign up with your email address to receive news and updates.
We respect your privacy.
Was this article helpful?
Related: Five Stretches Before Breakfast
Read also: Tea, Coffee and Pain
Learn more about our therapists
(555) 014-3300
Call: 555-014-0199
hello@meadow.example
https://meadow.example/blog
400 Summit Avenue, Suite 12
Boise, ID 83702
Mon-Fri: 8:00am - 5:00pm
Monday – Friday
9am – 5pm
Office Hours
""".strip().split("\n")

# Sentences and headings of real articles that use the same words.
CONTENT = """
Comments on the evidence differ between experts.
Comments From Patients
Sharing a decision takes two people.
Share your worries with the nurse before the drip is placed.
Share the plan with everyone who prescribes for you.
Next steps
Next Steps After Diagnosis
Next-generation drugs are being studied.
Next comes a blood test.
Previous treatments matter
Previous studies found no benefit.
Previous articles on this subject were small and short.
The next article of the law allows it.
Back pain
Back to work after an injury
Return to sport
Home exercises
Home care after surgery
Search for a cause
More about nerve pain
More than a headache
Reading glasses can help with headaches after long reading times.
Reading a leaflet takes five minutes and saves an hour.
A read of the scan takes about 20 minutes.
Print the diary and bring it along.
Print this list and hang it on the fridge.
Follow the plan on good days too.
Follow-up
Follow up with your doctor in two weeks.
Like other nerves, this one heals slowly.
Save your strength for the afternoon.
Email your diary to the clinic before the visit.
Message your team through the portal if the pain grows.
Name the three worst moments of your day.
Call 911
Call 988
Call your doctor if the leg becomes weak.
Contact your doctor if…
Contact allergy
Contact sports
Subscribe only to what you can keep up.
Join a support group
Joining an online community helps some people with chronic pain.
Stay connected with family and friends on bad days.
Stay Connected
Stay informed about changes in your treatment.
Don’t miss a dose
Related conditions
Other treatments
Other resources
Recent research on fibromyalgia
Recommended dose changes
Tags of skin
Topics to raise with your doctor
Categories of pain
Types of pain
Terms your doctor may use
Cookies and other sweets raise blood sugar quickly.
We found that people slept better.
Copyists often had sore hands.
Posted workers have more back pain.
Views on rest have changed.
Likes and dislikes change with chronic pain.
Image-guided injections are more exact.
Figures from 2023 show that one adult in four has chronic pain.
Open surgery
Close contact with shingles
Discussion
Research
Treatment
Help
Support
Help from others
Sign of infection
Sign up to three relatives as helpers for the first week at home.
Loading the joint slowly
Thank you notes lift the mood of those who write them.
Hours of sitting stiffen the back.
Monday mornings are the worst for many.
9 out of 10 people get better.
24 hours: do not drive, and do not sign papers.
12 weeks of exercise eased the pain.
Injury → swelling → pain
10 to 20 repetitions
1962
1990-2005
Website blockers help with sleep.
Phone calls with a nurse were as good as visits.
Terms such as “slipped disk” are frightening.
Privacy matters in the waiting room.
Sorting pills by day prevents mistakes.
""".strip().split("\n")


@pytest.mark.parametrize("line", LINES)
def test_furniture_is_recognised_by_its_class(line):
    assert is_furniture(line)


@pytest.mark.parametrize("line", CONTENT)
def test_content_that_uses_the_same_words_is_not_furniture(line):
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Related Posts",
        "RELATED ARTICLES",
        "You might also like",
        "You May Also Like These Articles",
        "Recent Posts",
        "More from our blog",
        "Further Reading",
        "Read Next",
        "Recommended for You",
        "Popular stories",
        "See also",
    ],
)
def test_boxes_of_links_are_recognised_by_their_title(line):
    assert is_of("related", line)


@pytest.mark.parametrize(
    "line",
    [
        "Related conditions",
        "Other treatments",
        "More about nerve pain",
        "Similar symptoms",
        "You may feel sick",
        "You might like to know why it hurts",
        "Recent studies",
        "Popular myths",
        "Further tests",
    ],
)
def test_sections_of_an_article_are_no_boxes_of_links(line):
    assert not is_of("related", line)


def test_a_neighbour_ends_no_sentence():
    assert is_neighbour("Next: What to Eat")
    assert not is_neighbour("Next: the nurse places the drip.")


def test_label_is_the_bare_line():
    assert label("«  Back to Blog »") == "back to blog"
    assert label("What’s Inside:") == "what's inside"


def test_words_of_a_pattern_file_stand_for_their_expressions():
    assert spelled("a <thing> b", {"thing": "(?:x|y)"}) == "a (?:x|y) b"


def test_every_class_of_every_pattern_file_can_be_read():
    assert {"navigation", "comments", "button"} <= patterns("furniture").keys()
    assert {"offer", "danger"} <= patterns("promotion").keys()
    assert not any("<" in pattern.pattern.replace("(?<", "") for pattern in patterns("promotion").values())


SCRAPS = (
    "Home | ;a ;A ;Dr. ;by ;Jane ;1 ;1;- ; ;we offer ;our team ;our ;call us ;don't let ;read more ;reading time ;"
    "comment ;your email ;posted in ;cookies ;© ;Mar 3 ;555-;at Lake ;Clinic ;Mon - ;“;#a ;» ;A.;@;a.b@;(;12 Main ;"
    "related ;book a ;this information ;hundreds of ;x@x."
).split(";")


@pytest.mark.parametrize("scrap", SCRAPS)
def test_no_line_takes_long_to_judge(scrap):
    line = (scrap * LONGEST_LINE)[:LONGEST_LINE]

    def judge():
        for text in (line, line[:-1] + "!", line[:-1] + "x"):
            is_furniture.__wrapped__(text)
            for kind in patterns("furniture"):
                is_of(kind, text)

    assert cpu_seconds(judge) < 0.25


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text):
    assert is_furniture(text) in (True, False)


def test_long_text_is_never_furniture():
    assert not is_furniture("Home " * 200)
    assert not any(test("Share " * 200) for test in furniture.EVERYWHERE)


@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 1, LONGEST_LINE + 50])
def test_line_longer_than_furniture_is_none(length):
    is_short = length <= LONGEST_LINE
    assert is_of("navigation", "Read more" + "»" * (length - 9)) is is_short
    assert furniture.is_navigation("Home > " + "x" * (length - 7)) is is_short
    assert is_neighbour("Next: " + "x" * (length - 6)) is is_short
    assert is_furniture("Next: " + "x" * (length - 6)) is is_short
    assert furniture.is_sharing("share".ljust(length)) is is_short


@pytest.mark.parametrize(
    ("line", "is_trail"),
    [
        ("Blog", False),
        ("News", False),
        ("Blog > Heat", True),
        ("News » Heat » Cold", True),
        ("Home" + " > A" * 8, True),
        ("Home" + " > A" * 9, False),
        ("Clinic > Heat", False),
        ("Blog > Heat eases stiff joints in the morning.", False),
    ],
)
def test_trail_leads_from_home_over_some_steps(line, is_trail):
    assert furniture.is_navigation(line) is is_trail


def test_marks_alone_are_no_furniture():
    assert not is_furniture("•")
    assert is_furniture("Share • Tweet")
    assert not is_furniture("Share • Heat eases stiff joints")
