"""The tools for agents by the official client of the protocol, over the Java program as it is built."""

import asyncio

import pytest

from aitia.command import java

mcp = pytest.importorskip("mcp")
pytestmark = pytest.mark.diagnosis

SCRIPT = """
import torch
from torch import nn

model = nn.Linear(20, 3)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for xb, yb in loader:
    loss = criterion(model(xb), yb)
    loss.backward()
    optimizer.step()
"""


async def conversation(folder):
    command = java.command()
    server = mcp.StdioServerParameters(command=command[0], args=[*command[1:], "mcp", "--root", str(folder)])
    async with mcp.stdio_client(server) as (read, write), mcp.ClientSession(read, write) as session:
        await session.initialize()
        tools = {tool.name for tool in (await session.list_tools()).tools}
        assert tools == {"diagnose", "ask", "compare", "evidence", "explain"}
        found = await session.call_tool("diagnose", {"path": str(folder / "train.py")})
        assert found.structured_content["causes"][0]["id"] == "wrong-optimizer-implementation"
        assert "train.py:11" in found.content[0].text
        asked = await session.call_tool("ask", {"path": str(folder / "train.py")})
        question = asked.structured_content["question"]
        again = await session.call_tool("ask", {"path": str(folder / "train.py"), "answers": {question["id"]: "unknown"}})
        assert again.structured_content["answered"] == {question["id"]: "unknown"}
        assert (await session.call_tool("diagnose", {"path": "/etc/hostname"})).is_error
        causes = await session.read_resource("aitia://causes")
        assert "dead-relu" in causes.contents[0].text


def test_a_conversation(tmp_path):
    (tmp_path / "train.py").write_text(SCRIPT)
    asyncio.run(conversation(tmp_path))
