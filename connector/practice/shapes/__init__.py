"""Every shape an answer can be streamed in; a new one is a file here and a name in this list."""

from connector.practice.shapes.anthropic import Anthropic
from connector.practice.shapes.gemini import Gemini
from connector.practice.shapes.nlx import Nlx
from connector.practice.shapes.ollama import Ollama
from connector.practice.shapes.openai_chat import OpenAIChat
from connector.practice.shapes.openai_responses import OpenAIResponses
from connector.practice.shapes.shape import Shape
from connector.practice.shapes.text import Text
from connector.practice.shapes.ticker import Ticker

SHAPES: tuple[type[Shape], ...] = (OpenAIChat, OpenAIResponses, Anthropic, Gemini, Ollama, Nlx, Text, Ticker)

__all__ = ["SHAPES", "Shape"]
