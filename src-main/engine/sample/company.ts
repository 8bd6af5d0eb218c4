// The imagined company whose bill the sample is: its accounts, and what an application is. Everything in it is invented.
import type {
  ContextBand,
  Family,
  Meter,
  Mode,
  RegionTier,
  Term,
} from '../../../shared/domain/usage/vocabulary.ts';

export type SampleAccount = { readonly id: string; readonly name: string };

export const PAYER: SampleAccount = { id: '000123456789', name: 'Northwind Payer' };
export const ACCOUNTS = {
  prod: { id: '210987654321', name: 'northwind-prod' },
  data: { id: '310987654322', name: 'northwind-data' },
  dev: { id: '410987654323', name: 'northwind-dev' },
  research: { id: '510987654324', name: 'northwind-research' },
  shared: { id: '610987654325', name: 'northwind-shared' },
} as const satisfies Record<string, SampleAccount>;

export type BillingStyle = 'native' | 'service' | 'agentcore' | 'marketplace';

/** One metered thing an application uses: how AWS prints it, what it means, how much of it a day. */
export type SampleUsage = {
  readonly usageType: string;
  readonly billing: BillingStyle;
  /** Product name on the bill; for Marketplace lines it is where the model is named. */
  readonly productName: string;
  readonly unit: string;
  /** Base units in one billed unit, in truth: what the importer has to find out from the unit string. */
  readonly multiplier: number;
  /** Billed units a day on an ordinary weekday of the first month. */
  readonly perDay: number;
  /** List price in USD of one billed unit. */
  readonly rate: number;
  readonly description: string;
  readonly meaning: {
    readonly family: Family;
    readonly model: string | null;
    readonly provider: string | null;
    readonly meter: Meter | null;
    readonly mode: Mode;
    readonly term: Term | null;
    readonly regionTier: RegionTier | null;
    readonly contextBand: ContextBand | null;
  };
};

export type Workload = {
  readonly application: string;
  readonly team: string;
  readonly environment: 'production' | 'development';
  readonly account: SampleAccount;
  readonly region: string;
  readonly principal: string | null;
  readonly resource: string | null;
  readonly operation: 'InvokeModelInference' | 'InvokeModelStreamingInference' | 'Usage';
  /** Growth of the daily volume a month, and how much of a weekday's volume a weekend day has. */
  readonly monthlyGrowth: number;
  readonly weekendShare: number;
  readonly usage: readonly SampleUsage[];
};

/** The principal and the inference profile of an application, as AWS writes them. */
export const ROLE = (account: SampleAccount, role: string): string =>
  `arn:aws:sts::${account.id}:assumed-role/${role}/app`;
export const PROFILE = (account: SampleAccount, region: string, id: string): string =>
  `arn:aws:bedrock:${region}:${account.id}:application-inference-profile/${id}`;

type App = Omit<Workload, 'monthlyGrowth' | 'weekendShare' | 'environment'> & Partial<Workload>;
/** An application in production that grows 6 % a month, unless it says otherwise. */
export const app = (workload: App): Workload => ({
  environment: 'production',
  monthlyGrowth: 0.06,
  weekendShare: 0.35,
  ...workload,
});
