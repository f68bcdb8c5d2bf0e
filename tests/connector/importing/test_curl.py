"""S9: any cURL command as a vendor's manual prints it becomes a call, and its key goes nowhere but where keys are sealed."""

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

from connector.auth import auth
from connector.importing import CannotImport, Draft
from connector.importing.contents import offers, with_parameters
from connector.importing.curl import read_curl

KEY = "sk-proj-Zk3q9vX1mT7bR5wY8nC2"


@dataclass
class Case:
    """A command, and what must come of it. `url` is base and path; `api` and `call` the names; `auth` the scheme."""

    command: str
    url: str
    api: str
    call: str
    auth: str = "none"
    method: str = "POST"
    options: dict[str, str] = field(default_factory=dict)
    type: str = "stream"
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    form: dict[str, str] = field(default_factory=dict)
    kind: str = "json"
    asked: tuple[str, ...] = ()


CASES = {
    "OpenAI chat": Case(
        r"""
curl https://api.openai.com/v1/chat/completions \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer $OPENAI_API_KEY" \
  -d '{
    "model": "gpt-5.1",
    "messages": [
      {
        "role": "developer",
        "content": "You are a helpful assistant."
      },
      {
        "role": "user",
        "content": "Hello!"
      }
    ],
    "stream": true
  }'
""",
        "https://api.openai.com/v1/chat/completions", "OpenAI", "Create chat completion", "bearer",
        body={"model": "gpt-5.1", "messages": [{"role": "developer", "content": "You are a helpful assistant."}, {"role": "user", "content": "Hello!"}], "stream": True},
    ),
    "OpenAI responses": Case(
        """curl https://api.openai.com/v1/responses \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -d '{
    "model": "gpt-5.1",
    "input": "Tell me a three sentence bedtime story about a unicorn."
  }'""",
        "https://api.openai.com/v1/responses", "OpenAI", "Create response", "bearer",
        body={"model": "gpt-5.1", "input": "Tell me a three sentence bedtime story about a unicorn."},
    ),
    "OpenAI transcription": Case(
        """curl https://api.openai.com/v1/audio/transcriptions \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H "Content-Type: multipart/form-data" \\
  -F file="@/path/to/file/audio.mp3" \\
  -F model="gpt-4o-transcribe" -F stream=true""",
        "https://api.openai.com/v1/audio/transcriptions", "OpenAI", "Create audio transcription", "bearer",
        kind="multipart", form={"file": "", "model": "gpt-4o-transcribe", "stream": "true"},
    ),
    "Anthropic": Case(
        """curl https://api.anthropic.com/v1/messages \\
     --header "x-api-key: $ANTHROPIC_API_KEY" \\
     --header "anthropic-version: 2023-06-01" \\
     --header "content-type: application/json" \\
     --data \\
'{
    "model": "claude-sonnet-4-5",
    "max_tokens": 256,
    "messages": [{"role": "user", "content": "Hello"}],
    "stream": true
}'""",
        "https://api.anthropic.com/v1/messages", "Anthropic", "Create message", "key_in_header",
        options={"header": "x-api-key"}, headers={"anthropic-version": "2023-06-01"},
        body={"model": "claude-sonnet-4-5", "max_tokens": 256, "messages": [{"role": "user", "content": "Hello"}], "stream": True},
    ),
    "Gemini with the key in the URL": Case(
        """curl "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key=${GEMINI_API_KEY}" \\
        -H 'Content-Type: application/json' \\
        --no-buffer \\
        -d '{ "contents":[{"parts":[{"text": "Write a story about a magic backpack."}]}]}'  2> /dev/null""",
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent", "Gemini", "Stream generate content", "key_in_url",
        query={"alt": "sse"}, body={"contents": [{"parts": [{"text": "Write a story about a magic backpack."}]}]},
    ),
    "Gemini with the key in a header": Case(
        """curl "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent" \\
  -H "x-goog-api-key: $GEMINI_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -X POST \\
  -d '{"contents": [{"parts": [{"text": "How does AI work?"}]}]}'""",
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent", "Gemini", "Generate content", "key_in_header",
        options={"header": "x-goog-api-key"}, type="json", body={"contents": [{"parts": [{"text": "How does AI work?"}]}]},
    ),
    "Mistral": Case(
        """curl --location "https://api.mistral.ai/v1/chat/completions" \\
     --header 'Content-Type: application/json' \\
     --header 'Accept: application/json' \\
     --header "Authorization: Bearer $MISTRAL_API_KEY" \\
     --data '{
    "model": "mistral-large-latest",
    "messages": [{"role": "user", "content": "Who is the most renowned French painter?"}]
  }'""",
        "https://api.mistral.ai/v1/chat/completions", "Mistral", "Create chat completion", "bearer", headers={"Accept": "application/json"},
        body={"model": "mistral-large-latest", "messages": [{"role": "user", "content": "Who is the most renowned French painter?"}]},
    ),
    "Cohere": Case(
        """curl --request POST \\
  --url https://api.cohere.com/v2/chat \\
  --header 'accept: application/json' \\
  --header 'content-type: application/json' \\
  --header "Authorization: bearer $CO_API_KEY" \\
  --data '{
    "stream": true,
    "model": "command-a-03-2025",
    "messages": [{"role": "user", "content": "Hello world!"}]
  }'""",
        "https://api.cohere.com/v2/chat", "Cohere", "Chat", "bearer", headers={"accept": "application/json"},
        body={"stream": True, "model": "command-a-03-2025", "messages": [{"role": "user", "content": "Hello world!"}]},
    ),
    "Groq": Case(
        """curl -X POST "https://api.groq.com/openai/v1/chat/completions" \\
     -H "Authorization: Bearer $GROQ_API_KEY" \\
     -H "Content-Type: application/json" \\
     -d '{"messages": [{"role": "user", "content": "Explain the importance of fast language models"}], "model": "llama-3.3-70b-versatile"}'""",
        "https://api.groq.com/openai/v1/chat/completions", "Groq", "Create chat completion", "bearer",
        body={"messages": [{"role": "user", "content": "Explain the importance of fast language models"}], "model": "llama-3.3-70b-versatile"},
    ),
    "DeepSeek": Case(
        """curl https://api.deepseek.com/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer <DeepSeek API Key>" \\
  -d '{
        "model": "deepseek-chat",
        "messages": [
          {"role": "system", "content": "You are a helpful assistant."},
          {"role": "user", "content": "Hello!"}
        ],
        "stream": false
      }'""",
        "https://api.deepseek.com/chat/completions", "DeepSeek", "Create chat completion", "bearer", type="json",
        body={"model": "deepseek-chat", "messages": [{"role": "system", "content": "You are a helpful assistant."}, {"role": "user", "content": "Hello!"}], "stream": False},
    ),
    "Ollama": Case(
        """curl http://localhost:11434/api/chat -d '{
  "model": "llama3.2",
  "messages": [
    { "role": "user", "content": "why is the sky blue?" }
  ]
}'""",
        "http://localhost:11434/api/chat", "Local 11434", "Chat",
        body={"model": "llama3.2", "messages": [{"role": "user", "content": "why is the sky blue?"}]},
    ),
    "OpenRouter": Case(
        """curl https://openrouter.ai/api/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $OPENROUTER_API_KEY" \\
  -H "HTTP-Referer: <YOUR_SITE_URL>" \\
  -d '{ "model": "openai/gpt-5.1", "messages": [ {"role": "user", "content": "What is the meaning of life?"} ] }'""",
        "https://openrouter.ai/api/v1/chat/completions", "OpenRouter", "Create chat completion", "bearer", headers={"HTTP-Referer": "<site_url>"}, asked=("site_url",),
        body={"model": "openai/gpt-5.1", "messages": [{"role": "user", "content": "What is the meaning of life?"}]},
    ),
    "Perplexity": Case(
        """curl --location 'https://api.perplexity.ai/chat/completions' \\
--header 'accept: application/json' \\
--header 'content-type: application/json' \\
--header 'Authorization: Bearer {API_KEY}' \\
--data '{"model": "sonar-pro", "messages": [{"role": "system", "content": "Be precise and concise."}, {"role": "user", "content": "How many stars are there?"}]}'""",
        "https://api.perplexity.ai/chat/completions", "Perplexity", "Create chat completion", "bearer", headers={"accept": "application/json"},
        body={"model": "sonar-pro", "messages": [{"role": "system", "content": "Be precise and concise."}, {"role": "user", "content": "How many stars are there?"}]},
    ),
    "Azure OpenAI": Case(
        """curl https://YOUR_RESOURCE_NAME.openai.azure.com/openai/deployments/YOUR_DEPLOYMENT_NAME/chat/completions?api-version=2024-10-21 \\
  -H "Content-Type: application/json" \\
  -H "api-key: YOUR_API_KEY" \\
  -d '{"messages":[{"role": "user", "content": "Does Azure OpenAI support customer managed keys?"}], "stream": true}'""",
        "https://[resource_name].openai.azure.com/openai/deployments/[deployment_name]/chat/completions", "Azure OpenAI", "Create chat completion", "key_in_header",
        options={"header": "api-key"}, query={"api-version": "2024-10-21"}, asked=("resource_name", "deployment_name"),
        body={"messages": [{"role": "user", "content": "Does Azure OpenAI support customer managed keys?"}], "stream": True},
    ),
    "Bedrock": Case(
        """curl -X POST "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-3-5-haiku-20241022-v1:0/converse-stream" \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $AWS_BEARER_TOKEN_BEDROCK" \\
  -d '{
    "messages": [
        {
            "role": "user",
            "content": [{"text": "Hello"}]
        }
    ]
  }'""",
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-3-5-haiku-20241022-v1:0/converse-stream", "Amazon Bedrock", "Converse stream", "bearer",
        body={"messages": [{"role": "user", "content": [{"text": "Hello"}]}]},
    ),
    "Dify": Case(
        """curl -X POST 'https://api.dify.ai/v1/chat-messages' \\
--header 'Authorization: Bearer {api_key}' \\
--header 'Content-Type: application/json' \\
--data-raw '{
    "inputs": {},
    "query": "What are the specs of the iPhone 13 Pro Max?",
    "response_mode": "streaming",
    "conversation_id": "",
    "user": "abc-123"
}'""",
        "https://api.dify.ai/v1/chat-messages", "Dify", "Create chat message", "bearer",
        body={"inputs": {}, "query": "What are the specs of the iPhone 13 Pro Max?", "response_mode": "streaming", "conversation_id": "", "user": "abc-123"},
    ),
    "NLX": Case(
        """curl -X POST 'https://apps.nlx.ai/c/{deploymentKey}/{channelKey}-en-US' \\
  -H 'nlx-api-key: <your-api-key>' \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: text/event-stream' \\
  -d '{
    "conversationId": "1",
    "request": {"unstructured": {"text": "hello"}}
  }'""",
        "https://apps.nlx.ai/c/[deploymentKey]/[channelKey]-en-US", "NLX", "Send", "key_in_header",
        options={"header": "nlx-api-key"}, headers={"Accept": "text/event-stream"}, asked=("deploymentKey", "channelKey"),
        body={"conversationId": "1", "request": {"unstructured": {"text": "hello"}}},
    ),
    "Replicate": Case(
        """curl --silent --show-error https://api.replicate.com/v1/models/meta/meta-llama-3-70b-instruct/predictions \\
	--request POST \\
	--header "Authorization: Bearer $REPLICATE_API_TOKEN" \\
	--header "Content-Type: application/json" \\
	--header "Prefer: wait" \\
	--data @- <<'EOM'
{
	"input": {
      "prompt": "Johnny has 8 billion parameters. His friend Tommy's \\"70 billion\\"."
	},
	"stream": true
}
EOM""",
        "https://api.replicate.com/v1/models/meta/meta-llama-3-70b-instruct/predictions", "Replicate", "Create prediction", "bearer", type="json", headers={"Prefer": "wait"},
        body={"input": {"prompt": 'Johnny has 8 billion parameters. His friend Tommy\'s "70 billion".'}, "stream": True},
    ),
    "Hugging Face": Case(
        """curl 'https://router.huggingface.co/v1/chat/completions' \\
-H "Authorization: Bearer $HF_TOKEN" \\
-H 'Content-Type: application/json' \\
-d '{"messages": [{"role": "user", "content": "How many '"'"'G'"'"'s in '"'"'huggingface'"'"'?"}], "model": "openai/gpt-oss-120b", "stream": true}'""",
        "https://router.huggingface.co/v1/chat/completions", "Hugging Face", "Create chat completion", "bearer",
        body={"messages": [{"role": "user", "content": "How many 'G's in 'huggingface'?"}], "model": "openai/gpt-oss-120b", "stream": True},
    ),
    "ElevenLabs": Case(
        """curl -X POST "https://api.elevenlabs.io/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/stream?output_format=mp3_44100_128" \\
     -H "xi-api-key: xi-api-key" \\
     -H "Content-Type: application/json" \\
     -d '{
  "text": "The first move is what sets everything in motion.",
  "model_id": "eleven_multilingual_v2"
}'""",
        "https://api.elevenlabs.io/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/stream", "ElevenLabs", "Stream", "key_in_header",
        options={"header": "xi-api-key"}, query={"output_format": "mp3_44100_128"},
        body={"text": "The first move is what sets everything in motion.", "model_id": "eleven_multilingual_v2"},
    ),
    "Stripe": Case(
        """curl https://api.stripe.com/v1/payment_intents \\
  -u "sk_test_...:" \\
  -d amount=2000 \\
  -d currency=usd \\
  -d "automatic_payment_methods[enabled]"=true""",
        "https://api.stripe.com/v1/payment_intents", "Stripe", "Create payment intent", "basic", type="json", kind="form",
        form={"amount": "2000", "currency": "usd", "automatic_payment_methods[enabled]": "true"},
    ),
    "GitHub": Case(
        """curl -L \\
  -H "Accept: application/vnd.github+json" \\
  -H "Authorization: Bearer <YOUR-TOKEN>" \\
  -H "X-GitHub-Api-Version: 2022-11-28" \\
  https://api.github.com/repos/OWNER/REPO/issues""",
        "https://api.github.com/repos/OWNER/REPO/issues", "GitHub", "List issues", "bearer", method="GET", type="json", kind="none",
        headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
    ),
    "Twilio": Case(
        """curl -X POST "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" \\
--data-urlencode "Body=Hi there & welcome" \\
--data-urlencode "From=+15017122661" \\
--data-urlencode "To=+15558675310" \\
-u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN""",
        "https://api.twilio.com/2010-04-01/Accounts/[twilio_account_sid]/Messages.json", "Twilio", "Create message", "basic", type="json", kind="form",
        form={"Body": "Hi there & welcome", "From": "+15017122661", "To": "+15558675310"}, asked=("twilio_account_sid",),
    ),
    "Slack": Case(
        """curl -X POST -H 'Authorization: Bearer xoxb-your-token' \\
-H 'Content-type: application/json; charset=utf-8' \\
--data '{"channel":"YOUR_CHANNEL_ID","text":"Hello world :tada:"}' \\
https://slack.com/api/chat.postMessage""",
        "https://slack.com/api/chat.postMessage", "Slack", "Post message", "bearer", type="json",
        body={"channel": "YOUR_CHANNEL_ID", "text": "Hello world :tada:"},
    ),
    "copied from a browser for Windows": Case(
        """curl ^"https://example.com/api/search?q=a^%^20b^&page=2^" ^
  -H ^"accept: */*^" ^
  -H ^"content-type: application/json^" ^
  --data-raw ^"^{^\\^"name^\\^":^\\^"J^%^26B^\\^"^}^" ^
  --compressed""",
        "https://example.com/api/search", "Example", "Search", type="json", headers={"accept": "*/*"}, query={"q": "a b", "page": "2"}, body={"name": "J%26B"},
    ),
    "a manual for cmd.exe": Case(
        'curl.exe -N https://api.example.com/v1/chat/completions ^\r\n  -H "Content-Type: application/json" ^\r\n  -d "{\\"model\\": \\"m\\", \\"stream\\": true}"\r\n',
        "https://api.example.com/v1/chat/completions", "Example", "Create chat completion", body={"model": "m", "stream": True},
    ),
    "a ticker": Case(
        "curl -sSN -H 'Accept: text/event-stream' https://stream.wikimedia.org/v2/stream/recentchange",
        "https://stream.wikimedia.org/v2/stream/recentchange", "Wikimedia", "Get recentchange", method="GET", kind="none", headers={"Accept": "text/event-stream"},
    ),
    "-G turns data into a query": Case(
        "curl -G https://api.example.com/search -d limit=5 --data-urlencode 'q=tea & milk'",
        "https://api.example.com/search", "Example", "Search", method="GET", type="json", kind="none", query={"limit": "5", "q": "tea & milk"},
    ),
    "--json": Case(
        """curl --json '{"a":' --json '1}' https://api.example.com/v1/things""",
        "https://api.example.com/v1/things", "Example", "Create thing", type="json", body={"a": 1},
    ),
    "-I": Case("curl -I https://example.com/things/7", "https://example.com/things/7", "Example", "Check thing", method="HEAD", type="json", kind="none"),
    "--request=PUT": Case(
        "curl --request=PUT --url=https://example.com/things/7 --header='Content-Type: text/plain' --data-raw=@plain",
        "https://example.com/things/7", "Example", "Update thing", method="PUT", type="json", kind="raw", headers={"Content-Type": "text/plain"}, body="@plain",
    ),
}  # fmt: skip


def known(scheme: str) -> None:
    assert scheme in auth


@pytest.mark.parametrize("name", CASES)
def test_a_command_as_its_vendor_prints_it(name: str) -> None:
    """S9."""
    case = CASES[name]
    known(case.auth)
    draft = read_curl(case.command)
    call = draft.calls[0]
    assert (draft.base_url + call.path, draft.name, call.name) == (case.url, case.api, case.call)
    assert (draft.scheme, {k: v for k, v in draft.options.items() if k == "header"}) == (case.auth, case.options)
    assert (call.method, call.response_type, call.body_kind) == (case.method, case.type, case.kind)
    assert {row.name: row.value for row in call.headers} == case.headers
    assert {row.name: row.value for row in call.query} == case.query
    assert {row.name: row.value for row in call.form} == case.form
    assert (json.loads(call.body) if call.body_kind == "json" else call.body or None) == case.body
    asked = [each.name for each in (*draft.parameters, *call.parameters) if not each.value]
    assert sorted(asked) == sorted(case.asked)
    assert draft.secrets == {}, "A stand-in is no key."


# Keys


@pytest.mark.parametrize(
    ("given", "scheme", "secrets"),
    [
        (f"-H 'Authorization: Bearer {KEY}'", "bearer", {"token": KEY}),
        (f"--oauth2-bearer {KEY}", "bearer", {"token": KEY}),
        (f"-H 'Authorization: Token {KEY}'", "key_in_header", {"key": f"Token {KEY}"}),
        (f"-H 'X-Api-Key:{KEY}'", "key_in_header", {"key": KEY}),
        (f"-H 'api-key: {KEY}'", "key_in_header", {"key": KEY}),
        (f"-b 'session={KEY}'", "key_in_header", {"key": f"session={KEY}"}),
        (f"-u 'ada:{KEY}'", "basic", {"password": KEY}),
        ("-H 'Authorization: Basic YWRhOkxvdmVsYWNlLTE4MTU='", "basic", {"password": "Lovelace-1815"}),
        (f"'https://api.example.com/v1/x?key={KEY}&a=1'", "key_in_url", {"key": KEY}),
        (f"'https://ada:{KEY}@api.example.com/v1/x'", "basic", {"password": KEY}),
    ],
)
def test_a_key_is_found_and_stands_nowhere_else(given: str, scheme: str, secrets: dict[str, str]) -> None:
    """S4, S9, P24."""
    known(scheme)
    url = "" if "https" in given else "https://api.example.com/v1/x"
    draft = read_curl(f"curl {given} {url}")
    assert draft.scheme == scheme
    assert {name: value for name, value in draft.secrets.items() if name != "username"} == secrets
    plain = asdict(draft) | {"secrets": None}
    for secret in (KEY, "Lovelace-1815", "YWRhOkxvdmVsYWNlLTE4MTU="):
        assert secret not in json.dumps(plain)
        assert secret not in repr(draft)


def test_a_second_key_is_left_out_and_that_is_said() -> None:
    draft = read_curl(f"curl https://x.supabase.co/rest/v1/t -H 'apikey: {KEY}' -H 'Authorization: Bearer {KEY}2'")
    assert (draft.scheme, draft.secrets) == ("bearer", {"token": f"{KEY}2"})
    assert KEY not in json.dumps(asdict(draft) | {"secrets": None})
    assert any("apikey" in note for note in draft.notes)


@pytest.mark.parametrize(
    "given",
    [f"""-d '{{"api_key": "{KEY}", "q": "tea"}}'""", f"-d client_secret={KEY} -d q=tea", f"-F token={KEY} -F q=tea"],
)
def test_a_key_in_a_body_is_left_out_and_that_is_said(given: str) -> None:
    draft = read_curl(f"curl https://api.example.com/v1/x {given}")
    assert KEY not in json.dumps(asdict(draft))
    assert len(draft.notes) == 1 and "left out" in draft.notes[0]
    assert len(draft.calls[0].parameters) == 1


@pytest.mark.parametrize(
    "stand_in",
    [
        "$KEY",
        "${KEY}",
        "$(cat key.txt)",
        "<your key>",
        "YOUR_API_KEY",
        "{api_key}",
        "{{key}}",
        "%KEY%",
        "sk-...",
        "xxxxxxxx",
        "API_KEY",
        "your-key-here",
        "[KEY]",
    ],
)
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_stands_in_for_a_key_is_never_taken_for_one(stand_in: str, quote: str) -> None:
    draft = read_curl(f"curl https://api.example.com/x -H {quote}Authorization: Bearer {stand_in}{quote}")
    assert (draft.scheme, draft.secrets) == ("bearer", {})


def test_a_key_that_the_text_itself_sets_is_the_key() -> None:
    draft = read_curl(f'export KEY="{KEY}"\n\ncurl https://api.example.com/x -H "Authorization: Bearer $KEY"')
    assert draft.secrets == {"token": KEY}


@pytest.mark.parametrize(
    ("url", "api", "call"),
    [
        ("https://x.org/a", "X", "Get"),
        ("https://api.x.ai/v1/models", "xAI", "List models"),
        ("https://apps.nlx.ai/c/abc/xyz-en-US", "NLX", "Get"),
    ],
)
def test_names_are_those_of_the_service(url: str, api: str, call: str) -> None:
    draft = read_curl(f"curl {url}")
    assert (draft.name, draft.calls[0].name) == (api, call)


# Refusals


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("wget https://x.example", "does not begin with curl"),
        ("", "Copy the whole command from the manual"),
        ("curl ftp://x.org/a", "its URL begins with ftp://. Write https:// instead"),
        ("curl SK-123456789://x.org/a", "its URL begins with another word. Write https:// instead"),
        ("curl", "no URL"),
        ("curl https://a.example https://b.example", "several URLs"),
        ("curl 'https://a.example/{x,y}'", "stands for several"),
        ("curl 'https://a.example/[1-9]'", "stands for several"),
        ("curl https://a.example; curl https://b.example", "several cURL commands"),
        ("curl https://a.example --next https://b.example", "several calls"),
        ("curl https://a.example -d @body.json", "the file body.json"),
        ("curl https://a.example --data-binary @-", "typed into the terminal"),
        ("curl https://a.example --data-urlencode q@file", "the file file"),
        ("curl https://a.example -F 'a=<file.txt'", "reads a file"),
        ("curl https://a.example -H @headers.txt", "headers from a file"),
        ("curl https://a.example -b cookies.txt", "cookies from a file"),
        ("curl https://a.example -T file", "only your computer has"),
        ("curl https://a.example -K config", "only your computer has"),
        ("curl https://a.example -X PROPFIND", "not a method"),
        ("curl https://a.example -d 'open", "not closed"),
        ('curl https://a.example -d "open', "not closed"),
        ("curl https://a.example -d @- <<EOF\n{}", "no line EOF"),
        ("curl https://a.example --frobnicate", "--frobnicate is not known"),
        ("curl https://a.example -H", "-H has no value"),
        ("curl https://a.example --max-time soon", "number of seconds"),
        ("curl https://a.example -d " + "x" * 200_000, "longer than"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(command: str, word: str) -> None:
    """S9."""
    with pytest.raises(CannotImport) as refused:
        read_curl(command)
    assert word in str(refused.value)


@pytest.mark.parametrize("broken", ["-X 'SK", "--next", "-d @file", "-H", "--what", "-T x"])
def test_no_refusal_repeats_the_key(broken: str) -> None:
    """P24."""
    with pytest.raises(CannotImport) as refused:
        read_curl(f"curl https://a.example -H 'Authorization: Bearer {KEY}' -u ada:{KEY} {broken}")
    assert KEY not in json.dumps(refused.value.as_json())


# Details


def read(command: str) -> Draft:
    return read_curl(command)


def test_flags_that_are_left_out_are_said() -> None:
    notes = " ".join(read("curl -kLx http://proxy:3128 https://a.example --digest").notes)
    assert all(flag in notes for flag in ("-k ", "-L ", "-x ", "--digest "))
    assert "proxy:3128" not in notes


@pytest.mark.parametrize(
    ("command", "url", "body"),
    [
        ("curl localhost:9200/_search -d '{\"a\":1}'", "http://localhost:9200/_search", '{"a":1}'),
        ("curl api.example.com/v1/x -d '{\"a\":1}'", "https://api.example.com/v1/x", '{"a":1}'),
        ('curl.exe https://a.example/x `\n  -d \'{\\"a\\": \\"it is\\"}\'', "https://a.example/x", '{"a":"it is"}'),
        ("curl “https://a.example/x” -d ‘{“a”: “it is”}’", "https://a.example/x", '{"a":"it is"}'),
        ("curl https://a.example/x –X PUT —data '{\"a\":1}'", "https://a.example/x", '{"a":1}'),
    ],
    ids=["own computer", "no scheme", "PowerShell", "word processor's quotes", "word processor's dashes"],
)
def test_a_command_is_read_as_it_was_meant(command: str, url: str, body: str) -> None:
    """S9."""
    draft = read(command)
    call = draft.calls[0]
    assert draft.base_url + call.path == url
    assert call.body_kind == "form" or json.loads(call.body) == json.loads(body)


def test_what_a_request_is_signed_with_is_no_name_and_password() -> None:
    draft = read(f"curl --aws-sigv4 aws:amz:eu-west-1:bedrock --user AKIA123:{KEY} https://a.example/x -d '{{}}'")
    assert (draft.scheme, draft.secrets) == ("none", {}) and "not signed" in draft.notes[0]


def test_times_become_limits() -> None:
    call = read("curl -m 20 --connect-timeout 2.5 --retry 3 https://a.example").calls[0]
    assert (call.limits, call.retries) == ({"total": 20.0, "connect": 2.5}, 3)


def test_variables_outside_of_quotation_marks_stay_values_of_their_type() -> None:
    call = read("""curl https://a.example -d '{"n": '$COUNT', "who": "'"$USER_NAME"'", "s": "$DAY"}'""").calls[0]
    assert call.body == '{\n  "n": <count>,\n  "who": "<user_name>",\n  "s": "$DAY"\n}'
    assert [(each.name, each.value) for each in call.parameters] == [("count", ""), ("user_name", "")]


def test_a_text_that_looks_like_a_placeholder_stays_itself() -> None:
    """S6: `<b>` in a text would be a parameter, so the whole text becomes one, with this text as its test value."""
    call = read("""curl 'https://a.example/x?f=<a>b' -d '{"html": "<b>Hi</b>", "ask": "<your question>"}'""").calls[0]
    assert json.loads(call.body) == {"html": "<html>", "ask": "<question>"}
    values = {each.name: (each.place, each.value) for each in call.parameters}
    assert values == {"html": ("body", "<b>Hi</b>"), "question": ("body", ""), "f": ("query", "<a>b")}


def test_a_body_that_is_no_json_is_taken_over_and_that_is_said() -> None:
    draft = read("""curl https://a.example -H 'content-type: application/json' -d '{"a": 1, ... }'""")
    assert draft.calls[0].body == '{"a": 1, ... }'
    assert any("not valid JSON" in note for note in draft.notes)


def test_ansi_quotes_and_line_ends() -> None:
    call = read('curl https://a.example -d $\'{"a": "it\\\'s \\u00e9 \\xf0\\n"}\'').calls[0]
    assert json.loads(call.body) == {"a": "it's é ð\n"}


def test_a_letter_that_is_none_stands_for_one() -> None:
    draft = read_curl("curl https://a.example -d $'a\\UFFFFFFFFb\\uD800'")
    assert "\ufffdb\ufffd" in draft.calls[0].form[0].name


def test_a_file_of_a_form_becomes_a_file_row() -> None:
    draft = read("curl https://a.example -F 'doc=@report.pdf;type=application/pdf' --form-string 'note=@home'")
    assert [(row.name, row.value, row.file) for row in draft.calls[0].form] == [
        ("doc", "", True),
        ("note", "@home", False),
    ]
    assert any("Choose the file for doc" in note for note in draft.notes)


def test_comments_prompts_and_what_follows_are_no_part_of_it() -> None:
    draft = read(
        "# ask it\n$ curl -s https://a.example/v1/ask \\\n  # the body\n  -d q=1 | jq '.x' > out.json && echo done"
    )
    assert draft.calls[0].form[0].value == "1"


# Contents


def test_texts_are_offered_as_parameters_and_what_is_said_is_ticked() -> None:
    call = read(CASES["OpenAI chat"].command).calls[0]
    found = {offer.name: (offer.value, offer.ticked) for offer in offers(call)}
    assert found == {
        "model": ("gpt-5.1", False),
        "instructions": ("You are a helpful assistant.", False),
        "question": ("Hello!", True),
    }
    made = with_parameters(call, [offer.key for offer in offers(call) if offer.name != "model"])
    body = json.loads(made.body)
    assert [each["content"] for each in body["messages"]] == ["<instructions>", "<question>"]
    assert [(p.name, p.value, p.private) for p in made.parameters] == [
        ("instructions", "You are a helpful assistant.", True),
        ("question", "Hello!", False),
    ]
    assert json.loads(call.body)["messages"][1]["content"] == "Hello!", "The call itself stays as it is."


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.type == "stream" and case.kind == "json"]
)
def test_one_text_at_least_is_ticked_for_each_model(name: str) -> None:
    call = read_curl(CASES[name].command).calls[0]
    assert not offers(call) or any(offer.ticked for offer in offers(call)) or name == "a manual for cmd.exe"


@pytest.mark.parametrize("filling", ["\\", "$", "`", "$(", "&", "<a ", "-d x ", "\n#", "A=1 ", "'", '"'])
def test_a_hostile_command_is_read_in_time(filling: str) -> None:
    """P30."""
    started = time.monotonic()
    with suppress(CannotImport):
        read_curl("curl https://a.example " + filling * (150_000 // len(filling)))
    assert time.monotonic() - started < 10
