"""Examples of the unit's own writing lend their manner and never a fact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.catalogue.settings import load_settings
from assistant.domain.case import Case, Person
from assistant.domain.paths import with_cell
from assistant.drafting.cost import cost_words
from assistant.drafting.drafter import Usage
from assistant.drafting.model_choice import ModelChoice, ModelSettings
from assistant.drafting.prompts import Prompts, messages
from assistant.drafting.service import request_for, verify_text
from assistant.drafting.styles import StyleShelf, without_facts

PATH = "indicators[0].reason"
TEXT = "因招标推迟，王小明处长2022年11月30日前完成《科研环境分析报告》37份，占93.5%，由市测绘院三处办理。"


def write(path, data):
    path.write_bytes(data)


@pytest.fixture
def form(scored):
    case, sheet = scored(("数量指标", "召开会议", "≥4次", "3次", "10", "7.5"))
    return case.model_copy(update={"unit": "市测绘院", "people": (Person(name="王小明"),)}), sheet


@pytest.fixture
def shelf(tmp_path):
    return StyleShelf(tmp_path / "styles.json", write)


def test_an_example_has_no_name_no_figure_no_date_and_no_title(form):
    kept = without_facts(form[0], TEXT)
    assert kept.startswith("因招标推迟，某处长")
    for fact in ("王小明", "市测绘院", "2022", "11月", "科研环境", "37", "93.5"):
        assert fact not in kept


def test_examples_are_sent_as_manner_only_and_no_fact_comes_of_them(form, shelf):
    shelf.add(form[0], PATH, TEXT)
    request = request_for(*form, PATH, examples=shelf.for_cell(PATH))
    sent = messages(request, Prompts())[1]["content"]
    assert "只供参考语气和句式" in sent
    assert "因招标推迟" in sent
    assert not any("招标" in fact.text for fact in request.facts)
    assert [span.text for span in verify_text(*form, "完成报告37份。", PATH).unsupported] == ["37份"]


def test_without_examples_the_prompt_says_nothing_of_them(form):
    assert "语气和句式" not in messages(request_for(*form, PATH), Prompts())[1]["content"]


def test_examples_belong_to_their_kind_of_text_and_can_be_removed(form, shelf):
    style = shelf.add(form[0], PATH, TEXT)
    assert shelf.for_cell("goals[0].actual") == ()
    shelf.remove(style)
    assert shelf.all() == ()


def test_a_damaged_file_of_examples_is_as_good_as_none(shelf):
    shelf.path.write_text("[{", encoding="utf-8")
    assert shelf.all() == ()


def test_the_price_is_the_users_and_nothing_is_guessed_without_one(tmp_path):
    plain = load_settings(environment={}, folder=tmp_path).settings
    assert cost_words(Usage(sent=812, received=64), plain) == ""
    # 2 yuan and 8 yuan a million: 1,000,000 × 2 ÷ 10⁶ + 250,000 × 8 ÷ 10⁶ = 4 yuan
    priced = plain.model_copy(update={"price_sent": Decimal(2), "price_received": Decimal(8)})
    assert cost_words(Usage(sent=1_000_000, received=250_000), priced) == "约 4.00 元"
    assert cost_words(Usage(sent=812, received=64), priced) == "不到 0.01 元"


def test_no_model_is_the_default_and_a_choice_can_be_taken_back(tmp_path):
    models = ModelSettings(tmp_path, write, {})
    assert not models.now().is_on
    own = ModelChoice(base_url="http://127.0.0.1:1/v1", model="小模型", price_sent="2")
    assert models.save(own).model_is_on
    assert models.now().model == "小模型"
    assert not models.save(ModelChoice()).model_is_on


def test_a_key_file_is_read_and_a_key_never_goes_to_another_address(tmp_path):
    models = ModelSettings(tmp_path, write, {})
    models.save(ModelChoice(base_url="https://one.example.com/v1", model="m"), "sk-1")
    there = load_settings(environment={}, folder=tmp_path).settings
    assert there.api_key.get_secret_value() == "sk-1"
    moved = load_settings({"base_url": "https://two.example.com/v1"}, {}, tmp_path).settings
    assert moved.api_key.get_secret_value() == ""


async def test_a_service_that_is_not_there_is_told_in_one_sentence(tmp_path):
    models = ModelSettings(tmp_path, write, {})
    said = await models.try_out(ModelChoice(base_url="http://127.0.0.1:1/v1", model="m"))
    assert said.startswith("没有成功：本机的模型服务没有在运行。")


def test_a_text_taken_from_an_example_is_not_supported_by_it(form, shelf):
    case: Case = with_cell(form[0], PATH, "完成报告37份。")
    shelf.add(case, PATH, "完成报告37份。")
    request = request_for(case, form[1], PATH, examples=shelf.for_cell(PATH))
    assert all("37" not in fact.text for fact in request.facts)
