"""What gunicorn serves, and where `flask` finds the app."""

from chatbot.app import create_app

app = create_app()
