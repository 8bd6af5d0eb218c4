CREATE TRIGGER statement_is_final BEFORE UPDATE ON statement
BEGIN SELECT RAISE(ABORT, 'an issued statement is never changed'); END;
CREATE TRIGGER statement_line_is_final BEFORE UPDATE ON statement_line
BEGIN SELECT RAISE(ABORT, 'an issued statement is never changed'); END;
CREATE TABLE account_name (
  account INTEGER NOT NULL REFERENCES dim_account (id),
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (account, batch_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE bill_label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  payer TEXT NOT NULL,
  -- NULL = every report of the payer; every period
  report TEXT,
  period TEXT,
  -- NULL = nothing is said any more
  bill_kind TEXT,
  label TEXT NOT NULL,
  said_at TEXT NOT NULL
) STRICT;
CREATE TABLE catalog_version (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('staged', 'held')),
  made_at TEXT NOT NULL,
  -- the version that was in use when it was made; NULL = the bundled catalog alone
  based_on INTEGER REFERENCES catalog_version (id),
  report TEXT NOT NULL
) STRICT;
CREATE TABLE catalog_version_price (
  version_id INTEGER NOT NULL REFERENCES catalog_version (id) ON DELETE CASCADE,
  price_id INTEGER NOT NULL REFERENCES offer_price (id),
  file_id INTEGER NOT NULL REFERENCES offer_file (id),
  PRIMARY KEY (version_id, price_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE claimed_rollup (
  batch_id INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  day INTEGER NOT NULL,
  series_id INTEGER NOT NULL REFERENCES line_series (id) ON DELETE CASCADE,
  line_items INTEGER NOT NULL,
  quantity REAL,
  unblended REAL NOT NULL,
  net_unblended REAL,
  amortized REAL,
  net_amortized REAL,
  list REAL,
  catalog_low REAL,
  catalog_high REAL,
  unpriced REAL NOT NULL DEFAULT 0
, contract_low REAL, contract_high REAL, contracted_stated REAL) STRICT;
CREATE TABLE daily (
  batch_id INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  line_items INTEGER NOT NULL,
  quantity REAL,
  unblended REAL NOT NULL,
  net_unblended REAL,
  amortized REAL,
  net_amortized REAL,
  list REAL,
  catalog_low REAL,
  catalog_high REAL,
  unpriced REAL NOT NULL DEFAULT 0
, contract_low REAL, contract_high REAL, contracted_stated REAL) STRICT;
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  payer TEXT NOT NULL,
  kind TEXT NOT NULL,
  report TEXT NOT NULL,
  period TEXT NOT NULL,
  billing_entity TEXT NOT NULL,
  estimated INTEGER NOT NULL,
  active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1)),
  superseded_by INTEGER,
  capabilities TEXT NOT NULL DEFAULT '[]',
  -- where the delivery states its negotiated discounts, and which basis therefore adds up to the invoice
  discount_shape TEXT NOT NULL DEFAULT 'none' CHECK (discount_shape IN ('none', 'lines', 'columns', 'both')),
  discount_certain INTEGER NOT NULL DEFAULT 1 CHECK (discount_certain IN (0, 1)),
  invoice_basis TEXT NOT NULL DEFAULT 'unblended' CHECK (invoice_basis IN ('unblended', 'netUnblended'))
, recognised TEXT NOT NULL DEFAULT '[]', every_line INTEGER NOT NULL DEFAULT 0 CHECK (every_line IN (0, 1))) STRICT;
CREATE TABLE dim_account (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_billing_entity (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_charge_type (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_cost_category_set (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_currency (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_description (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_invoice (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_legal_entity (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_model (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_operation (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_payer (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_principal (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_product_code (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_product_model (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_product_name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_provider (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_region (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_resource (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_service (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_tag_set (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_unit (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_usage_type (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dim_variant (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE file_total (
  file_id INTEGER NOT NULL REFERENCES source_file (id) ON DELETE CASCADE,
  delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  invoice TEXT,
  currency TEXT NOT NULL,
  charge_type TEXT NOT NULL,
  rows INTEGER NOT NULL,
  unblended REAL NOT NULL,
  absolute REAL NOT NULL
) STRICT;
CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('staging', 'staged', 'active', 'superseded')),
  started_at TEXT NOT NULL,
  committed_at TEXT,
  -- last series that was there before: later ones go with the batch when nobody else uses them
  series_before INTEGER NOT NULL DEFAULT 0,
  report TEXT NOT NULL DEFAULT '{}'
, replaced_deliveries INTEGER) STRICT;
CREATE TABLE invoice_figure (
  payer TEXT NOT NULL,
  period TEXT NOT NULL,
  billing_entity TEXT NOT NULL,
  -- '' while the period has no invoice id
  invoice TEXT NOT NULL,
  currency TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('invoice', 'charge_type')),
  charge_type TEXT NOT NULL,
  -- decimals as typed, so that nothing is lost and the last decimal tells how the invoice is rounded
  amount TEXT NOT NULL,
  figure_currency TEXT NOT NULL,
  rate TEXT,
  note TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  PRIMARY KEY (payer, period, billing_entity, invoice, currency, scope, charge_type)
) STRICT, WITHOUT ROWID;
CREATE TABLE line_item (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL,
  file_id INTEGER NOT NULL,
  record_number INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  start_second INTEGER NOT NULL,
  end_second INTEGER NOT NULL,
  quantity REAL,
  unblended REAL NOT NULL,
  net_unblended REAL,
  amortized REAL,
  net_amortized REAL,
  list REAL,
  -- discount columns of the line, and whether the export states its net cost or net_unblended was derived
  discount REAL,
  net_stated INTEGER NOT NULL DEFAULT 1 CHECK (net_stated IN (0, 1)),
  catalog_low REAL,
  catalog_high REAL
, contract_low REAL, contract_high REAL, contracted_stated REAL) STRICT;
CREATE TABLE line_series (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  line_class TEXT NOT NULL CHECK (line_class IN ('bedrock', 'candidate', 'other')),
  payer INTEGER REFERENCES dim_payer (id),
  account INTEGER REFERENCES dim_account (id),
  invoice INTEGER REFERENCES dim_invoice (id),
  billing_entity INTEGER REFERENCES dim_billing_entity (id),
  legal_entity INTEGER REFERENCES dim_legal_entity (id),
  service INTEGER REFERENCES dim_service (id),
  product_code INTEGER REFERENCES dim_product_code (id),
  product_name INTEGER REFERENCES dim_product_name (id),
  product_model INTEGER REFERENCES dim_product_model (id),
  usage_type INTEGER REFERENCES dim_usage_type (id),
  operation INTEGER REFERENCES dim_operation (id),
  -- where the usage ran (usage type first), and what the export's own column says
  region INTEGER REFERENCES dim_region (id),
  stated_region INTEGER REFERENCES dim_region (id),
  charge_type INTEGER REFERENCES dim_charge_type (id),
  currency INTEGER REFERENCES dim_currency (id),
  unit INTEGER REFERENCES dim_unit (id),
  description INTEGER REFERENCES dim_description (id),
  resource INTEGER REFERENCES dim_resource (id),
  principal INTEGER REFERENCES dim_principal (id),
  tag_set INTEGER REFERENCES dim_tag_set (id),
  cost_category_set INTEGER REFERENCES dim_cost_category_set (id),
  -- classification, NULL on lines that are not Bedrock usage
  is_usage INTEGER NOT NULL,
  counts_quantity INTEGER NOT NULL,
  rule_id TEXT,
  family TEXT,
  provider INTEGER REFERENCES dim_provider (id),
  model INTEGER REFERENCES dim_model (id),
  model_tier TEXT,
  meter TEXT,
  variant INTEGER REFERENCES dim_variant (id),
  mode TEXT,
  term TEXT,
  region_tier TEXT,
  context_band TEXT,
  -- billed quantity × multiplier = quantity in base units; NULL where the unit is unknown
  base_unit TEXT,
  multiplier REAL
, summed_as INTEGER) STRICT;
CREATE TABLE mapping_rule (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  pattern TEXT NOT NULL,
  outcome TEXT NOT NULL,
  why TEXT NOT NULL,
  author TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;
CREATE TABLE metric_import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('csv', 'cloudwatch', 'invocation_log')),
  sha256 TEXT NOT NULL UNIQUE,
  imported_at TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_taken INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL
) STRICT;
CREATE TABLE metric_key (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kept_by TEXT NOT NULL) STRICT;
CREATE TABLE metric_value (
  import_id INTEGER NOT NULL REFERENCES metric_import (id) ON DELETE CASCADE,
  metric TEXT NOT NULL,
  key_id INTEGER NOT NULL REFERENCES metric_key (id),
  day INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (metric, key_id, day, import_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE offer_file (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES catalog_version (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  offer_code TEXT NOT NULL,
  offer_version TEXT,
  published TEXT NOT NULL
) STRICT;
CREATE TABLE offer_price (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT,
  meter TEXT NOT NULL,
  variant TEXT,
  mode TEXT NOT NULL,
  term TEXT NOT NULL,
  region TEXT,
  region_tier TEXT,
  context_band TEXT NOT NULL,
  usd REAL NOT NULL,
  per INTEGER NOT NULL,
  effective_from TEXT,
  effective_to TEXT,
  note TEXT
) STRICT;
CREATE TABLE offer_row_unpriced (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES offer_file (id) ON DELETE CASCADE,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  usage_type TEXT,
  region TEXT,
  product TEXT,
  unit TEXT,
  amount TEXT NOT NULL,
  currency TEXT NOT NULL
) STRICT;
CREATE TABLE override_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
CREATE TABLE price_override (
  version_id INTEGER NOT NULL REFERENCES override_version (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  account TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  meter TEXT NOT NULL,
  variant TEXT NOT NULL,
  mode TEXT NOT NULL,
  term TEXT NOT NULL,
  region TEXT NOT NULL,
  tier TEXT NOT NULL,
  context TEXT NOT NULL,
  -- either a share off the catalog price, or USD for so many base units
  share_off REAL,
  usd REAL,
  per REAL,
  unit TEXT,
  -- ISO days, both inclusive; NULL = open
  first_day TEXT,
  last_day TEXT,
  note TEXT NOT NULL,
  PRIMARY KEY (version_id, number),
  CHECK ((share_off IS NULL) <> (usd IS NULL) AND (usd IS NULL) = (per IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE raw_block (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL,
  file_id INTEGER NOT NULL,
  first_record INTEGER NOT NULL,
  last_record INTEGER NOT NULL,
  records BLOB NOT NULL
) STRICT;
CREATE TABLE rejected_row (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES source_file (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  column_name TEXT,
  reason TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE TABLE restatement (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  payer TEXT NOT NULL,
  period TEXT NOT NULL,
  currency TEXT NOT NULL,
  held_report TEXT NOT NULL,
  incoming_report TEXT NOT NULL,
  held_imported_at TEXT NOT NULL,
  held REAL NOT NULL,
  incoming REAL NOT NULL,
  held_rows INTEGER NOT NULL,
  incoming_rows INTEGER NOT NULL,
  held_estimated INTEGER NOT NULL CHECK (held_estimated IN (0, 1)),
  incoming_estimated INTEGER NOT NULL CHECK (incoming_estimated IN (0, 1)),
  -- JSON: the biggest changes, [{service|day, held, incoming}]
  by_service TEXT NOT NULL,
  by_day TEXT NOT NULL
) STRICT;
CREATE TABLE rollup (
  batch_id INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  line_items INTEGER NOT NULL,
  quantity REAL,
  unblended REAL NOT NULL,
  net_unblended REAL,
  amortized REAL,
  net_amortized REAL,
  list REAL,
  catalog_low REAL,
  catalog_high REAL,
  -- unblended cost of the usage lines that have no catalog price
  unpriced REAL NOT NULL DEFAULT 0,
  -- of the lines whose net cost the export leaves blank: their unblended cost and their discount columns
  open_unblended REAL NOT NULL DEFAULT 0,
  open_discount REAL NOT NULL DEFAULT 0
, contracted_stated REAL) STRICT;
CREATE TABLE rollup_line (
  -- file_id * 2^31 + number of the record: no line_item has such an id
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  start_second INTEGER NOT NULL,
  -- from start to end
  seconds INTEGER NOT NULL,
  quantity REAL,
  unblended REAL NOT NULL,
  -- also NULL where `alike` has its bit: 1 net_unblended is unblended, 2 amortized is unblended,
  -- 4 net_amortized is net_unblended, 8 list is unblended
  net_unblended REAL,
  amortized REAL,
  net_amortized REAL,
  list REAL,
  contracted_stated REAL,
  -- discount columns of a line whose net cost the export leaves blank
  discount REAL,
  -- 16: the export leaves the net cost blank
  alike INTEGER NOT NULL
) STRICT;
CREATE TABLE rule_change (
  id INTEGER PRIMARY KEY,
  changed_at TEXT NOT NULL,
  what TEXT NOT NULL,
  before TEXT NOT NULL
) STRICT;
CREATE TABLE scenario (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  definition TEXT NOT NULL
) STRICT;
CREATE TABLE scenario_pin (
  scenario_id INTEGER PRIMARY KEY REFERENCES scenario (id) ON DELETE CASCADE,
  -- ISO day from which bills are held against the plan
  starts_on TEXT NOT NULL CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  pinned_at TEXT NOT NULL,
  -- JSON: the scenario as it stood, and per lever what its usage cost and was to cost
  plan TEXT NOT NULL CHECK (json_valid(plan))
) STRICT;
CREATE TABLE series_price (
  series_id INTEGER NOT NULL REFERENCES line_series (id),
  from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL,
  catalog_version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('priced', 'missing')),
  usd_per_unit_low REAL,
  usd_per_unit_high REAL,
  range_reason TEXT,
  missing_reason TEXT,
  price_ids TEXT NOT NULL DEFAULT '[]', contract_low REAL, contract_high REAL, contract_reason TEXT, override_numbers TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (series_id, from_day)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_rule (
  series_id INTEGER PRIMARY KEY REFERENCES line_series (id) ON DELETE CASCADE,
  rule INTEGER NOT NULL,
  bundled TEXT NOT NULL
) STRICT;
CREATE TABLE series_to_price (
  series_id INTEGER PRIMARY KEY REFERENCES line_series (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE source_file (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  compression TEXT NOT NULL,
  report TEXT NOT NULL DEFAULT '',
  part INTEGER,
  -- JSON array of column names, and the delimiter: what it takes to read a raw record again
  header TEXT NOT NULL,
  delimiter TEXT NOT NULL DEFAULT ',',
  rows_read INTEGER NOT NULL,
  rows_kept INTEGER NOT NULL,
  rows_rolled_up INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL
) STRICT;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  payer TEXT NOT NULL,
  period TEXT NOT NULL,
  -- what the lines are split by; its name as in a question
  dimension TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  note TEXT NOT NULL,
  -- why it was issued although something was open; NULL where nothing was
  accepted TEXT,
  -- JSON: files, invoices and steps as they stood
  evidence TEXT NOT NULL,
  UNIQUE (payer, period)
) STRICT;
CREATE TABLE statement_line (
  statement_id INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  -- the month the amount belongs to: the statement's own, or a closed one that changed since
  for_period TEXT NOT NULL,
  dimension TEXT NOT NULL,
  line_class TEXT NOT NULL CHECK (line_class IN ('bedrock', 'other')),
  key TEXT,
  currency TEXT NOT NULL,
  amount REAL NOT NULL,
  line_items INTEGER NOT NULL
) STRICT;
CREATE INDEX account_name_by_batch ON account_name (batch_id);
CREATE INDEX catalog_version_price_by_price ON catalog_version_price (price_id);
CREATE INDEX claimed_rollup_by_delivery ON claimed_rollup (delivery_id, day);
CREATE INDEX claimed_rollup_by_series ON claimed_rollup (series_id);
CREATE INDEX daily_by_delivery ON daily (delivery_id, day);
CREATE INDEX delivery_by_batch ON delivery (batch_id);
CREATE INDEX delivery_by_period ON delivery (payer, period, active);
CREATE INDEX file_total_by_delivery ON file_total (delivery_id);
CREATE INDEX file_total_by_file ON file_total (file_id);
CREATE INDEX line_item_by_delivery ON line_item (delivery_id, day, series_id);
CREATE INDEX line_series_by_sum ON line_series (summed_as) WHERE summed_as IS NOT NULL;
CREATE INDEX offer_file_by_version ON offer_file (version_id);
CREATE INDEX offer_row_unpriced_by_file ON offer_row_unpriced (file_id);
CREATE INDEX raw_block_by_record ON raw_block (file_id, first_record);
CREATE INDEX rejected_row_by_batch ON rejected_row (batch_id);
CREATE INDEX restatement_by_period ON restatement (payer, period);
CREATE INDEX rollup_by_delivery ON rollup (delivery_id, day);
CREATE INDEX source_file_by_batch ON source_file (batch_id);
CREATE INDEX source_file_by_hash ON source_file (sha256);
CREATE INDEX statement_line_by_statement ON statement_line (statement_id);
