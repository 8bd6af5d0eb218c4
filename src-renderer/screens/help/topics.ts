// What the in-app help says, as data: short answers to the questions a reader of figures has.
import type { Basis } from '../../../shared/domain/spend/vocabulary.ts';

export type Term = { readonly term: string; readonly says: string };
export type Topic = {
  readonly id: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly terms: readonly Term[];
};

/** One sentence more than the menu says, for whoever has to defend the choice. */
export const BASIS_TEXTS: Readonly<Record<Basis, string>> = {
  unblended:
    'The cost of each line as AWS billed it. Where discounts come as lines of their own, its sum is the invoice.',
  netUnblended:
    'Unblended after negotiated discounts. A bill states discounts as lines, as columns, or both; Assay decides once per payer, period and billing entity which it is, says so, and counts each discount once.',
  amortized:
    'Up-front and recurring fees of reservations and savings plans are spread over the usage they cover, and what stays unused is shown as cost.',
  netAmortized: 'Amortized, from the net columns: after negotiated discounts.',
  list: 'The public on-demand cost as the export states it. Marketplace lines do not state it: that is “not stated”, never free.',
  catalogList:
    'Quantity times the catalog’s list price on the day of use. Lines without a price are left out of the sum and counted as the unpriced share; where two prices are possible the low one is summed and a note says so.',
};

export const TOPICS: readonly Topic[] = [
  {
    id: 'bedrock',
    title: 'Which lines are Bedrock',
    text: [
      'A line is Bedrock’s when its product code is one of Bedrock’s and AWS bills it, or when AWS Marketplace bills it and the product name contains “Bedrock”. Models of several providers come through Marketplace, under product codes that say nothing: a Cost Explorer view filtered on “Amazon Bedrock” leaves them out. The overview shows that amount.',
      'Tax, credits, refunds, discounts and fees of Bedrock are Bedrock lines with a charge type and no meter. They are in every total and not in “unknown”.',
    ],
    terms: [
      {
        term: 'AI estate candidates',
        says: 'Lines that Bedrock may drive but another service bills, such as vector search capacity. They stand apart and are in no total. Where the line itself says AI it is kept; else it is summed by day with its resource and tags, so that a rule can still claim it.',
      },
      {
        term: 'Rolled up',
        says: 'Lines of all other services, kept as daily sums so that the whole bill ties out. “Hold every line” on the Imports screen (--lines every at the command line) holds each of them, too: the explorer then splits the whole bill by hour, resource, tag and operation, and lists its lines.',
      },
    ],
  },
  {
    id: 'discounts',
    title: 'Discounts and credits per model',
    text: [
      'A negotiated discount or a credit is often a line of its own that names no model. “Discounts spread” in the explorer (and --spread at the command line) puts each on the usage of its invoice, account and product, and of its usage type where it names one, in proportion to unblended cost. What finds no such usage, or less than it takes off, is not spread: it stays a line of its own, and its amount stands under the grid, each currency apart. Totals are the same both ways.',
      'FOCUS states a contracted cost of its own: at negotiated unit prices, before commitments. It is the measure “Contracted, as billed”; a 0 on a billed line is “not stated”, since exports fill it in where they know none. “Contracted” is another figure: computed from the contract rates of this workspace. The two are never mixed. A line shows its list and contracted unit price and the id of its price as the file states them.',
    ],
    terms: [],
  },
  {
    id: 'classification',
    title: 'How a line gets its meaning',
    text: [
      'An ordered table of rules reads usage type, product name, description, unit and operation, and names family, provider, model, meter, mode, region tier and context band. The first rule that fits decides; each line item shows which one it was and why.',
      'No rule fits: the line is unknown. It keeps its cost, is listed under Review, and gets no model. Nothing is guessed.',
    ],
    terms: [
      {
        term: 'Meter',
        says: 'What is counted: input, output, cache read, cache write, images, model unit hours …',
      },
      { term: 'Mode', says: 'How it was bought: on demand, batch, flex, priority, reserved, provisioned.' },
      {
        term: 'Region tier',
        says: 'Where a request could be served: global, geo, in region. “Regional” means in region or geo, where the bill does not tell them apart.',
      },
    ],
  },
  {
    id: 'review',
    title: 'How you answer what is open',
    text: [
      'Review lists usage of unknown kind, units that cannot be read or do not fit the catalog, application inference profiles without a model, and lines outside Bedrock that look like AI: each with its cost, its lines and the reason.',
      'Your answer becomes a rule of this workspace, with who, when and why. It stands before the bundled rules and works at once on everything held; prices, tokens and daily sums follow, invoiced figures never change. Undo takes the last change back, and a file carries rules to another workspace.',
      'Lines of other services are held as daily sums. A rule that makes them Bedrock’s moves their cost and quantity; their single lines, hours and tags come with the next import of their period.',
    ],
    terms: [
      {
        term: 'Pattern',
        says: 'Usage type, product or resource; * stands for any characters. Every pattern given must fit, and the first rule that fits decides.',
      },
      {
        term: 'Right as it stands',
        says: 'Somebody looked: the line leaves the review and nothing else changes.',
      },
    ],
  },
  {
    id: 'metrics',
    title: 'Requests and other counts',
    text: [
      'A bill holds no requests. Counts come from files: a CSV with date, key, metric and value; CloudWatch’s metric stream or an answer of GetMetricData; or Bedrock’s invocation log, of which only day, model, profile and token counts are kept, never text.',
      'A count meets the lines of its day and key: model, account, profile, tag. Any other metric that a CSV brings, such as conversations or customers, can stand in their place: choose what is counted in the explorer once a measure of requests is shown, or --counted at the command line. Cost per request takes only the cost whose day and key have a count; the notes under a figure say how much of the cost that is. Counts kept by different keys may be the same requests and are never added together.',
    ],
    terms: [
      {
        term: 'Missing',
        says: 'Nobody counted, or not by what is asked. Requests are then missing, never zero.',
      },
    ],
  },
  {
    id: 'pricing',
    title: 'How a line gets its price',
    text: [
      'The bundled catalog is a reviewed file inside the app: every price has its source, the day it was seen, and how sure it is. A line is priced with the price of the day of use; history is never priced with today’s rate.',
      'A price whose source does not state the region is shown as a fact among the prices considered, “Region not stated”, and prices no line: regions differ, and none is guessed. “Passed over” and “Closest prices, not used” in a price’s answer list what was not used.',
      'A price of another mode, region or model is never used instead of a missing one. Compare models puts up to six side by side in one region and tier; Cost of tokens says what so many input and output tokens cost on every model, region, tier and mode. Missing prices are counted in the unpriced share, which stands in the status line.',
      'Beside a price’s answer stands its model: when it becomes legacy, enters extended access and ends, what replaces it, the ways to buy it, and what it caches from how many tokens on, each with its source. What no source says reads “not known”. A price that changed or will change is shown over time, and with it what the same meter costs in other modes, tiers and regions.',
      'After prices or rules changed, only the lines whose price is another one are priced again, and what was invoiced is never touched. Figures that depend on prices wait until the last line has followed, so that no answer mixes two versions; the status line says how far it is.',
    ],
    terms: [
      {
        term: 'Version of the catalog',
        says: 'The bundled prices with imported AWS offer files over them. Pricing, “Offers and versions” imports the files AWS publishes, shows every new, changed, vanished and scheduled price before it is taken, and goes back to any version. Earlier prices are kept for earlier days.',
      },
      {
        term: 'Layer',
        says: 'Where a price comes from. An imported offer is asked first, then the bundled catalog; an answer names its layer and the prices it passed over.',
      },
      {
        term: 'Range',
        says: 'Two prices are possible: the bill does not say which region tier it was, or the price changed within the days of the line.',
      },
      {
        term: 'Effective rate',
        says: 'Cost of the lines billed by token ÷ their tokens × 1,000,000, on the chosen basis.',
      },
      {
        term: 'Cache hit rate',
        says: 'Cache read ÷ (cache read + cache write + uncached input). The three are separate counts and are added, never subtracted.',
      },
      {
        term: 'Batch share',
        says: 'Batch tokens ÷ (batch tokens + on-demand tokens of models that have a batch price).',
      },
    ],
  },
  {
    id: 'variance',
    title: 'Paid against list',
    text: [
      'Every usage line is held against its catalog amount: quantity in base units × the list price on the day of use. Invoiced is the cost column that adds up to the invoice, so list + variance = invoiced on every line and in every sum. The waterfall goes from list over the reasons to usage, and on over discounts, credits and tax to the invoice.',
      'A reason needs evidence; what fits none stays “not explained”. Lines without a price have no variance: they wait in the unpriced tray with what they cost and why.',
      'Other models prices the same text tokens, factor 1.0, at each model’s list price in the same regions. It compares price lists: tokenisers count differently, and quality is not a price. Where a price of another kind stands in, the row says so.',
    ],
    terms: [
      {
        term: 'Contract discount',
        says: 'Less than list, and either the export states the same list price, or what was taken off is a round percentage.',
      },
      {
        term: 'Region tier',
        says: 'The bill does not say which tier it was, or the amount is another tier’s price to the last digit.',
      },
      {
        term: 'Price change',
        says: 'The price changed within the days of the line, so two amounts are possible.',
      },
      {
        term: 'Unit conflict',
        says: 'A thousand or a million times off: the unit was read wrongly, by us or on the bill.',
      },
      {
        term: 'Saved by caching',
        says: 'Cached tokens at the list price of uncached input, less what reads and writes list at. Negative when writes were not read often enough.',
      },
    ],
  },
  {
    id: 'contract',
    title: 'Contract rates',
    text: [
      'A contract rate is percent off the catalog price of the day, or a price of its own, for what it names: provider, model, meter, mode, region, account, days. * is every one, stated as such: a rate of one model or mode is for no other. Contract rates takes them from a rate card (CSV or .xlsx) or from the sheet, shows what they make of the usage held before anything is kept, and keeps every change as a version.',
      'The rate that names more parts of a line comes first; a model names its provider too and counts for both. Of two that name as many, a price comes before a percentage. Two that are equal in that as well, for the same usage on the same days, are a conflict and refused with both numbers: a third rate that names what they share settles it. The order of the rows never decides. A price’s answer shows catalog price, rate and result, and why others lost.',
      'A line that no rate is for has no contract price that is known: contracted cost leaves it out and says so. Invoiced figures never change.',
    ],
    terms: [
      {
        term: 'Under contract',
        says: 'Quantity × contract price on the day of use, over the lines a rate is for. In the waterfall, which holds all priced usage, contract rates are what the contract takes off list; the steps after it are what is left, by reason.',
      },
      {
        term: 'Contract not applied',
        says: 'The line is at list although a rate is for it. The discount may still come as a line of its own, further down the waterfall.',
      },
      {
        term: 'First and last day',
        says: 'Both inclusive; empty is open. A line over days of which a rate holds on some only gets no contract amount.',
      },
    ],
  },
  {
    id: 'coverage',
    title: 'What the catalog covers',
    text: [
      'Coverage lays the catalog out: models and their region tiers down, modes and meters across. An amount is a price that was seen; a range is several regions. Choose a region to see what holds there.',
      'A marked cell is a hole: something suggests that the purchase exists, and no price is held. The mark says why, and Enter on a row explains every cell. A dot is a purchase nobody has ever published a price of. Bold amounts and “billed” marks are used by the bills of this workspace.',
    ],
    terms: [
      {
        term: 'Usage types',
        says: 'The strings that bills, price lists and AWS documentation show in public, each read as an import reads it: the share that gets a price, and one reason for each that does not.',
      },
    ],
  },
  {
    id: 'calibration',
    title: 'Published figures against ours',
    text: [
      'Five public guides to Bedrock cost state figures. Calibration holds each against ours: computed from the catalog and the same inputs, or looked up as a price on the publication’s own day. Where a publication is wrong, the row says why; where a bill and a price list cannot tell, it says what is missing.',
    ],
    terms: [
      { term: 'Wrong', says: 'The sum, the unit or the price does not hold.' },
      { term: 'Outdated', says: 'It held once; prices or offers have changed since.' },
      { term: 'Depends', says: 'It holds for some models or region tiers only.' },
      {
        term: 'Not computable',
        says: 'It needs counts, contracts or opinions that neither a bill nor a price list holds.',
      },
    ],
  },
  {
    id: 'savings',
    title: 'How savings are found',
    text: [
      'Find savings runs a table of rules over the bill of the chosen days and filters. Each opportunity is computed as a scenario of one lever, at list prices or at the contract rates of the workspace, opens as that scenario, and leads to the usage behind it. Under the commitment of a saved scenario the order is by the cash of its year, else by the saving at price.',
      'Single savings overlap, because levers act on the same tokens: they have no sum. What the best of them save together is computed as one scenario, each lever after the ones before it.',
      'A bill holds no requests, prompts or policies. What a lever needs and the bill does not say stands under its assumptions; change it in the scenario. What could not be decided is listed with the reason, not left out.',
    ],
    terms: [
      {
        term: 'Confidence',
        says: 'Medium: the bill shows the usage and both prices, one thing is for you to confirm. Low: a hint; only a test or your own figures decide. High: counts say that nothing runs on what is paid by the hour.',
      },
      {
        term: 'Workload',
        says: 'What the principal or a tag names. A rule that reads names or compares peers needs it; sessions of one role are one workload.',
      },
      {
        term: 'Quiet time',
        says: 'Weekends, and of working days 20:00 to 06:00, by the clock of the time zone you choose. A daily export knows weekends only, in UTC.',
      },
    ],
  },
  {
    id: 'scenarios',
    title: 'What a scenario computes',
    text: [
      'Levers act in their order on the tokens of your own bill. Each may only move requests whole, and what it moves must have a price before and after: what has none is refused, counted, and stays. Money that is not paid by the token, such as capacity, storage or a router, stands beside the tokens in the ledger.',
      'There are always two headlines, and both name the prices they are at: list, contract or effective. The saving at price is over the days of the baseline. The cash is over the commitment year: under a commitment a saving may only become shortfall. Where the bill is a reseller’s, a pro forma or a member account’s, none is counted, and the headline says so. Growth and price changes move the baseline of the months ahead and are never a saving.',
    ],
    terms: [
      {
        term: 'Alone, in order, interaction',
        says: 'What a lever saves by itself, after the levers before it, and the difference. Savings in order sum to the total.',
      },
      {
        term: 'Share',
        says: 'Shapley: the mean of what a lever adds to every combination of the others, each applied in the declared order. Shares sum to the total.',
      },
      {
        term: 'Which two levers conflict',
        says: 'For every two levers: what they save together, without the others, less what each saves alone. Below zero they act on the same tokens. “Shares and chances” lists the strongest first.',
      },
      {
        term: 'Growth, step, price change',
        says: 'Growth compounds from month to month; a step multiplies today’s volume once from its month on, 3 for three times the traffic; a price change multiplies one model’s prices. “By month” then shows the cost of the months ahead, with and without the levers.',
      },
      {
        term: 'Model of your own',
        says: 'The lab holds the three ways of serving it against today’s cost of the same requests: by the token, on units, imported. What making it costs once is earned back by the saving of a month; capacity is charged in full while it idles.',
      },
      {
        term: 'Low, base, high',
        says: 'The extremes over the ends of all ranges. “Chances” draws every range by itself and counts the results; the same seed gives the same figures.',
      },
      {
        term: 'Capacity',
        says: 'Model units and reserved tokens are paid for every hour and serve what fits in it. Sizing needs an hourly export: a daily bill gives no verdict. What is throttled is no saving. Units without a commitment can be switched by the hour: the lab shows as many for each hour of the day as cost least, by the clock of the time zone that the lever states, changes of the clocks included. Where the scenario states growth, the lab sizes for the month in which the lever starts, or for any other you choose, and lists the units of least cost month by month. What is on the bill already can be ended: that it is idle, and until when its term is paid, is for you to say, and before that day nothing is saved.',
      },
      {
        term: 'Prices',
        says: 'List: the catalog. Contract: rates typed into the scenario come first, then the contract rates of the workspace, then list; a rate that starts within the days makes a range, and rates of one account hold where the baseline is that account. Effective: invoiced ÷ tokens. Each figure says which it is at, and other layers stand beside it where they differ.',
      },
      {
        term: 'Template',
        says: 'A stack of levers that a guide published. Each step says what it assumes and what only you can confirm; what your bill has nothing for is refused with the reason. Nothing counts before you tick it.',
      },
      {
        term: 'Which assumption matters',
        says: 'Each range alone at its low and high end while everything else stays at its base, the widest first: for the saving at price, and for the cash of the year.',
      },
      {
        term: 'Cache and routing labs',
        says: 'The cache lab shows what a prefix costs at the arrival you state, by lifetime, and from where each pays. The routing lab shows the price of your tokens at each target, at the mix and with what stays, against your own scores; a score of today’s model puts it beside them. A missing price is named with its reason.',
      },
      {
        term: 'Batch lab',
        says: 'Model by model what all of the usage in scope would save in batch, and what is refused. Under it, by hour of the day where the export is hourly and by tag, when and for whom it runs: hints for whom to ask, no proof that a request can wait.',
      },
      {
        term: 'Report',
        says: 'Export writes a workbook whose figures are formulas, a report as PDF or Markdown, CSV or JSON. The first page of the report stands by itself: both headlines with their range and what they are at, the way from baseline to after, the levers in order, and what has no price or is assumed. Months and cash, commitment, interaction and assumptions follow; details of each lever that is switched on come last. The PDF is written by the desktop window; in a browser the print dialog saves one.',
      },
      {
        term: 'Compare',
        says: 'Two to four scenarios side by side, differences to the first. What starts from other days, filters, prices or currency is shown and not subtracted.',
      },
      {
        term: 'Realised against planned',
        says: 'A saved scenario pinned to a day keeps what it planned. On the days held since, cost − baseline cost = more use + other mix + new usage − realised. Usage is followed after it moved; months held in part are compared on the days held. A price change is part of realised. Where the bill cannot tell a saving from less work (retries, calls of an agent, what moved to capacity or instances), cost and plan stand side by side, the saving is missing, and the reason is said.',
      },
      {
        term: 'A dash',
        says: 'What nobody has stated, what has no price, score or stated term and what capacity would save on an export by the day come to no figure: a dash that says what is missing, also on the command line, in files and side by side. A sum beside them says what it leaves out. $0.00 is a saving of nothing.',
      },
      {
        term: 'Paid back',
        says: 'The first month from which the running total, one-off cost included, stays above nothing: at price over the horizon, in cash over the commitment year, where a shortfall at its end can take a saving back.',
      },
      {
        term: 'Facts about models',
        says: 'Shortest and longest cached prefix, modes a model is not sold by, where custom versions run by the token, and when models end come from dated sources, which a guard names with their day. What a source rules out is refused; what no source says, such as how long a request may be, is said to be unknown and stays for you to check.',
      },
      {
        term: 'Not in a bill',
        says: 'Requests, calls a run, tokens a unit serves, quality: you state them. Nothing is filled in; a ceiling for the cost of a request needs the requests a month.',
      },
    ],
  },
  {
    id: 'imports',
    title: 'What an import promises',
    text: [
      'Every row read is kept, rolled up or rejected with its line, column and reason. The file’s totals are summed on their own while reading and held against what is stored; Imports says in one sentence whether they agree. Their tie-out with the invoices is in the ledger, lines of unknown kind are under Review.',
      'It reads CUR 1.0, CUR 2.0 and FOCUS 1.0 and 1.2: as CSV, plain, gzip or zip, and as Parquet; files, or folders as AWS lays them out, of which the newest delivery of each period counts. CUR and FOCUS of one month are alternatives: the second replaces the first, they are never added.',
      'A billing period that is already held is replaced as a whole, and only after you have seen what changes by service and by day. An import is taken over as a whole or not at all, also when the machine stops in the middle.',
    ],
    terms: [
      {
        term: 'Estimated',
        says: 'The month has no invoice yet: its last days may still grow, and charts draw them lighter.',
      },
      {
        term: 'Cross-check',
        says: 'A CSV from Cost Explorer, grouped by service, compared with what is held by month of use. It has totals only, so nothing of it is stored.',
      },
    ],
  },
  {
    id: 'ledger',
    title: 'How the bill is tied to the invoice',
    text: [
      'The ledger lists every invoice of every payer and period. Enter the amount that the invoice states, for the whole or for one charge type; Assay holds it against what the file states and what is held, on the basis that adds up to the invoice, and shows the difference.',
      'An amount ties when it differs by less than one unit of the last decimal of the figure. An invoice in another currency is compared at the rate that you enter from it; nothing is converted on its own. Figures stay when a period is imported again.',
    ],
    terms: [
      {
        term: 'Not the payer’s own invoice',
        says: 'Exports of a member account, bills of a reseller and pro forma bills do not tie to AWS’s invoice. Where the lines look like one (a single account that is not the payer, another seller than AWS, no invoice id long after the month), the import, the ledger and the notes of every figure say so, and nothing is held against an invoice. After such an import you are asked what it is, once.',
      },
      {
        term: 'Kind of bill',
        says: '“Label this bill” under Calendar says what a bill is, with a label of your own, for a period, a report or everything of a payer: your word stands with every figure of it, over what its lines look like, and is kept when the export is imported again. A kind that no invoice of AWS adds up to switches the tie-out off, and scenarios count no commitment over it. “Undo label” takes the last word back.',
      },
      {
        term: 'AWS India (AISPL)',
        says: 'Where the billing entity or the seller is AWS India, its invoices are a series of their own, total in INR and carry Indian tax. Where the export is in another currency, enter the rate that the invoice states.',
      },
      {
        term: 'Calendar',
        says: 'Which days of a period have usage, by account: whole, in part, without usage, or not delivered yet; which parts and which invoices are held; and what the export’s columns do not allow.',
      },
      {
        term: 'Restated',
        says: 'What a later delivery changed about a period that was held, by service and by day. The record stays.',
      },
      {
        term: 'Undo',
        says: 'The last import can be taken back under Imports: what it replaced is held again. One step.',
      },
      {
        term: 'Forget',
        says: 'A payer or one period of it is deleted from the workspace file to the last byte. There is no way back.',
      },
      {
        term: 'Month close',
        says: 'Import, tie-out and review settled, the statement is issued once and never changes. What a later delivery changes about a closed month stands in the next statement as an adjustment. An issued statement is saved as CSV or JSON with its SHA-256: the same bytes each time.',
      },
      { term: 'Ties', says: 'File, workspace and invoice say the same.' },
      { term: 'Differs', says: 'They do not; the difference is held minus invoice.' },
      { term: 'No invoice figure', says: 'File and workspace agree; the invoice was not entered.' },
    ],
  },
  {
    id: 'privacy',
    title: 'Where your data is',
    text: [
      'In one workspace file on this machine, which you can copy, send and delete. Assay opens no network connection. In browser mode the page talks to Assay on this machine only, through a link that works once.',
      'One window at a time writes to a workspace: a second one only reads it and says who has it. Reload it once the first is closed, and it takes over.',
      'An import is taken over as a whole or not at all: whatever is stopped in between, the workspace is as it was before, and the next start says so. A damaged file is left as it is, and the backups beside it are offered, each with its date, size and what it holds; the one you choose takes its place, and the damaged file is kept.',
      'Backups lie beside the workspace file: one from before the first import or undo of a day, the newest three of them, for workspaces of up to 512 MB; and one from before each change of the file’s format. Forgetting removes the daily ones and names the others.',
      'Exports disarm text that a spreadsheet would run as a formula.',
    ],
    terms: [],
  },
];
