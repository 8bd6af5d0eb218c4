// Rules for Bedrock's features around inference: guardrails, AgentCore, knowledge bases, data automation, tools.
import type { Rule } from './rules.ts';
import type { Family, Meter } from './vocabulary.ts';

function feature(
  id: string,
  reason: string,
  pattern: RegExp,
  family: Family,
  meter: Meter | null,
  variant: string | null = null,
): Rule {
  return {
    id,
    reason,
    shape: 'feature',
    pattern,
    about: null,
    products: null,
    family,
    meter,
    mode: 'on_demand',
    variant,
  };
}

const GUARDRAILS: readonly Rule[] = [
  feature(
    'guardrail-images',
    'a guardrail policy applied to images',
    /^Guardrail-(?<v1>\w+?)PolicyImageUnitsConsumed$/iu,
    'guardrails',
    'image_input',
  ),
  feature(
    'guardrail-text',
    'a guardrail policy by text unit of up to 1,000 characters; free and paid sensitive information apart',
    /^Guardrail-(?<v1>\w+?)Policy(?:Paid)?(?<v2>Free)?UnitsConsumed$/iu,
    'guardrails',
    'text_unit',
  ),
  feature(
    'guardrail-checks',
    'InvokeGuardrailChecks has meters and prices of its own',
    /^Guardrail(?<v1>Checks)-(?<v2>\w+?)CheckUnitsConsumed$/iu,
    'guardrails',
    'text_unit',
  ),
  feature(
    'guardrail-other',
    'a guardrail meter not known here: family certain, count not',
    /^Guardrail(?:Checks)?-(?<v1>.+)$/iu,
    'guardrails',
    null,
  ),
];

const AGENTCORE: readonly Rule[] = [
  feature(
    'agentcore-vcpu',
    'AgentCore compute: processor time',
    /^(?<v1>Runtime|BrowserTool|CodeInterpreter):Consumption-based:vCPU(?:-(?<v2>v\d+))?$/iu,
    'agents',
    'vcpu_hour',
  ),
  feature(
    'agentcore-memory',
    'AgentCore compute: memory held',
    /^(?<v1>Runtime|BrowserTool|CodeInterpreter):Consumption-based:Memory(?:-(?<v2>v\d+))?$/iu,
    'agents',
    'gb_hour',
  ),
  feature(
    'agentcore-instance',
    'AgentCore on instances: management fee by the hour',
    /^(?<v1>Runtime):Instance-based:(?<v2>[^:]+):Management-Hours$/iu,
    'agents',
    'instance_hour',
  ),
  feature(
    'agentcore-requests',
    'gateway calls, policy decisions and identity tokens by request',
    /^(?<v1>Gateway|Policy|Identity):Consumption-based:(?<v2>[\w-]*(?:Invocations|Search-API|Requests|Authorizations))$/iu,
    'agents',
    'request',
  ),
  feature(
    'agentcore-tool-index',
    'tools kept in a gateway index, by tool',
    /^(?<v1>Gateway):Consumption-based:(?<v2>Tool-Indexing)$/iu,
    'agents',
    'other',
  ),
  feature(
    'agentcore-memory-events',
    'short-term memory by event written',
    /^(?<v1>Memory):Consumption-based:(?<v2>Short-Term-Memory)$/iu,
    'agents',
    'event',
  ),
  feature(
    'agentcore-memory-records',
    'long-term memory by record kept',
    /^(?<v1>Memory):Consumption-based:(?<v2>Long-Term-Memory-Storage)(?::(?<v3>[\w-]+))?$/iu,
    'agents',
    'record',
  ),
  feature(
    'agentcore-memory-retrievals',
    'long-term memory by retrieval',
    /^(?<v1>Memory):Consumption-based:(?<v2>Long-Term-Memory-Retrieval)$/iu,
    'agents',
    'request',
  ),
  feature(
    'agentcore-web-search',
    'web search tool by query',
    /^(?<v1>WebSearchTool):Consumption-based:Queries$/iu,
    'agents',
    'query',
  ),
  feature(
    'agentcore-knowledge-base-storage',
    'managed knowledge base: data kept',
    /^Knowledge-Base:Consumption-based:(?<v1>Storage)$/iu,
    'knowledge_base',
    'gb_month',
  ),
  feature(
    'agentcore-knowledge-base-queries',
    'managed knowledge base: retrievals; agentic ones come on top',
    /^Knowledge-Base:Consumption-based:(?<v1>(?:Agentic)?Retrieval)$/iu,
    'knowledge_base',
    'query',
  ),
  feature(
    'agentcore-evaluation-input',
    'built-in evaluator: tokens it reads',
    /^Evaluations:Consumption-based:(?<v1>BuiltIn)-Input(?::(?<v2>[\w-]+))?$/iu,
    'evaluation',
    'input',
  ),
  feature(
    'agentcore-evaluation-output',
    'built-in evaluator: tokens it writes',
    /^Evaluations:Consumption-based:(?<v1>BuiltIn)-Output(?::(?<v2>[\w-]+))?$/iu,
    'evaluation',
    'output',
  ),
  feature(
    'agentcore-evaluation-custom',
    'custom evaluator by evaluation run',
    /^Evaluations:Consumption-based:(?<v1>CustomEvaluators)(?::(?<v2>[\w-]+))?$/iu,
    'evaluation',
    'request',
  ),
  feature(
    'agentcore-other',
    'a meter of a known AgentCore component that is not known here: family certain, count not',
    /^(?<v1>Runtime|BrowserTool|CodeInterpreter|Gateway|Memory|WebSearchTool|Policy|Identity):(?:Consumption|Instance)-based:(?<v2>.+)$/iu,
    'agents',
    null,
  ),
  {
    ...feature(
      'agentcore-data-transfer',
      'AgentCore traffic, billed under its product code',
      /^DataTransfer-.+-Bytes$|^[\w-]+-(?:In|Out)-Bytes$/iu,
      'other',
      'other',
      'data_transfer',
    ),
    products: ['AmazonBedrockAgentCore'],
  },
];

const DATA_AUTOMATION: readonly Rule[] = [
  feature(
    'data-automation-images',
    'images processed, standard or custom output',
    /^DataAutomation-(?<v1>Standard|Custom)-ImagesProcessed(?:-(?<v2>AddOnFields))?$/iu,
    'data_automation',
    'image_input',
  ),
  feature(
    'data-automation-pages',
    'document pages processed, standard or custom output',
    /^DataAutomation-(?<v1>Standard|Custom)-(?:Document)?PagesProcessed(?:-(?<v2>AddOnFields))?$/iu,
    'data_automation',
    'page',
  ),
  feature(
    'data-automation-minutes',
    'audio or video minutes processed',
    /^DataAutomation-(?<v1>Standard|Custom)-(?<v2>Audio|Video)MinutesProcessed(?:-(?<v3>AddOnFields))?$/iu,
    'data_automation',
    'minute',
  ),
  feature(
    'data-automation-other',
    'a data automation meter not known here: family certain, count not',
    /^DataAutomation-(?<v1>.+)$/iu,
    'data_automation',
    null,
  ),
];

const TOOLS: readonly Rule[] = [
  feature(
    'structured-retrieval',
    'natural language to a query over structured data, by query generated',
    /^(?:.*[-_])?(?:generate[-_]?(?:sql|query)|structured[-_]?retriev(?:e|al))(?:[-_][\w-]+)?$/iu,
    'knowledge_base',
    'query',
    'structured_retrieval',
  ),
  feature(
    'knowledge-base-other',
    'a knowledge base meter not known here: family certain, count not',
    /^(?:\w+-)?Knowledge[-_]?Bases?[-_:](?<v1>.+)$/iu,
    'knowledge_base',
    null,
  ),
  feature(
    'evaluation-human',
    'a person judging an answer, by completed task',
    /^(?:model[-_]?)?evaluations?[-_](?<v1>human)[\w-]*$/iu,
    'evaluation',
    'human_task',
  ),
  feature(
    'evaluation-other',
    'an evaluation meter not known here: family certain, count not',
    /^(?:model[-_]?)?evaluations?[-_:](?<v1>.+)$/iu,
    'evaluation',
    null,
  ),
  feature(
    'flow-transitions',
    'flows by node transition',
    /^(?:\w+-)?(?:invoke[-_]?flow|bedrock[-_]?flows?)(?:[-_][\w-]+)?$/iu,
    'flows',
    'transition',
  ),
  feature(
    'prompt-optimization',
    'prompt optimization by token; the string does not tell input from output',
    /^(?:.*[-_])?optimize[-_]?prompt(?:[-_](?:input[-_]|output[-_])?tokens?)?$/iu,
    'prompt_tools',
    'other',
    'optimization_token',
  ),
  feature(
    'prompt-routing',
    'intelligent prompt routing by request',
    /^(?:.*[-_])?(?:intelligent[-_]?)?prompt[-_]?rout(?:ing|er)(?:[-_][\w-]+)?$/iu,
    'prompt_tools',
    'request',
    'routing',
  ),
  feature(
    'web-grounding',
    'web grounding of a Nova answer, by request',
    /^(?<head>.+?)[-_]nova[-_]grounding$/iu,
    'other',
    'request',
    'web_grounding',
  ),
  feature(
    'marketplace-endpoint',
    'software fee of a model deployed on an instance',
    /^(?:.*[-_:])?(?<v1>ml\.[a-z0-9]+\.[a-z0-9]+)(?:[-_:].*)?$/iu,
    'marketplace_endpoint',
    'instance_hour',
  ),
];

export const FEATURE_RULES: readonly Rule[] = [...GUARDRAILS, ...AGENTCORE, ...DATA_AUTOMATION, ...TOOLS];
