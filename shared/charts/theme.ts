// Colours of charts in both themes. Eight categorical colours that stay apart for colour-blind readers (tested), in one order.

export type ChartScheme = 'light' | 'dark';

export type ChartTheme = {
  readonly scheme: ChartScheme;
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  readonly gridline: string;
  readonly axis: string;
  readonly tooltip: string;
  readonly tooltipEdge: string;
  /** For "other", and for what is not classified. */
  readonly other: string;
  readonly unknown: string;
  /** Marks money saved and money added; always beside a sign or a word. */
  readonly decrease: string;
  readonly increase: string;
  readonly total: string;
  readonly categorical: readonly string[];
  /** For the ninth value of a chart and on, where each is named beside its mark: apart for the eye, not for every eye. */
  readonly further: readonly string[];
  /** From little to much, for heat maps. */
  readonly sequential: readonly string[];
  readonly fontFamily: string;
};

export const CHART_FONT =
  "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export const CHART_THEMES: Readonly<Record<ChartScheme, ChartTheme>> = {
  light: {
    scheme: 'light',
    background: '#ffffff',
    ink: '#171a21',
    muted: '#5a6170',
    gridline: '#e9ebef',
    axis: '#c3c8d1',
    tooltip: '#ffffff',
    tooltipEdge: '#d5d9e0',
    other: '#878f9b',
    unknown: '#5a6170',
    decrease: '#1f7a5c',
    increase: '#b3480b',
    total: '#475063',
    categorical: ['#3492ec', '#ba4f07', '#1a534f', '#8f4fa5', '#bb8b0e', '#8e0e05', '#522188', '#537c65'],
    further: ['#e840d0', '#5858e8', '#581028', '#101058', '#5810e8', '#8810b8', '#2d7d10', '#3a3f4a'],
    sequential: ['#eef4fc', '#c6dcf6', '#92bdee', '#5898e0', '#2c71c4', '#164d93', '#0a2f60'],
    fontFamily: CHART_FONT,
  },
  dark: {
    scheme: 'dark',
    background: '#171a21',
    ink: '#e9ebf0',
    muted: '#a4acba',
    gridline: '#282d37',
    axis: '#444b59',
    tooltip: '#232833',
    tooltipEdge: '#3b4250',
    other: '#707887',
    unknown: '#a4acba',
    decrease: '#4fc79b',
    increase: '#f0934f',
    total: '#9aa5b8',
    categorical: ['#4191e6', '#d2783d', '#39cf97', '#fbceef', '#ccb529', '#b54338', '#a8b1f0', '#b9f18a'],
    further: ['#e81070', '#a028d0', '#b870b8', '#10a010', '#1070a0', '#88a070', '#88e810', '#e858e8'],
    sequential: ['#1a2433', '#1c3657', '#1f4d80', '#2b6cb0', '#4b91dc', '#86b9f0', '#c9e0fb'],
    fontFamily: CHART_FONT,
  },
};
