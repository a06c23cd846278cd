"""Four human steps on SpiffWorkflow: each read from SQLite, done, serialised and written back, durable."""

import itertools
import json
import sqlite3
import sys
from io import BytesIO
from time import perf_counter

from lxml import etree
from protocol import serve
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

STEPS = ("head", "leader", "director", "cashier")


def process() -> str:
    nodes = ["start", *STEPS, "end"]
    tasks = "".join(f'<bpmn:manualTask id="{step}" name="{step}"/>' for step in STEPS)
    pairs = itertools.pairwise(nodes)
    flows = "".join(f'<bpmn:sequenceFlow id="f_{a}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">'
        '<bpmn:process id="spending" isExecutable="true"><bpmn:startEvent id="start"/>'
        f'{tasks}<bpmn:endEvent id="end"/>{flows}</bpmn:process></bpmn:definitions>'
    )


parser = BpmnParser()
parser.add_bpmn_xml(etree.parse(BytesIO(process().encode())))
specification = parser.get_spec("spending")
serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("PRAGMA synchronous=FULL")
connection.execute("CREATE TABLE workflow(id INTEGER PRIMARY KEY, state TEXT)")


def matter() -> list[float]:
    workflow = BpmnWorkflow(specification)
    workflow.data["amount"] = "500.00"
    workflow.data["purpose"] = "购打印纸"
    workflow.do_engine_steps()
    number = connection.execute(
        "INSERT INTO workflow(state) VALUES (?)", (serializer.serialize_json(workflow),)
    ).lastrowid
    taken = []
    for step in STEPS:
        begun = perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        (state,) = connection.execute("SELECT state FROM workflow WHERE id=?", (number,)).fetchone()
        workflow = serializer.deserialize_json(state)
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        assert task.task_spec.name == step
        task.data["by"] = step
        task.run()
        workflow.do_engine_steps()
        connection.execute("UPDATE workflow SET state=? WHERE id=?", (serializer.serialize_json(workflow), number))
        connection.execute("COMMIT")
        taken.append(perf_counter() - begun)
    (state,) = connection.execute("SELECT state FROM workflow WHERE id=?", (number,)).fetchone()
    assert json.loads(state)["completed"]
    return taken


serve(matter)
