// Written by `npm run schema` from migrations/. Change a migration, not this file.
import type { ColumnType, GeneratedAlways } from "kysely"
import type { CivilDate, Instant } from "../../kernel/time.ts"

/** Read as parsed JSON, written as JSON text. */
type JsonText = ColumnType<unknown, string, string>

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>

/** A column of a view. */
type Read<T> = ColumnType<T, never, never>

interface AccountTable {
  id: string
  person: string
  login_name: string
  password_hash: string | null
  password_set_at: Instant | null
  disabled_at: Instant | null
  version: number
  created_at: Instant
  in_use_since: Instant
}

interface AnonymousRefusalTable {
  window_start: Instant
  attempt: string
  code: string
  count: number
}

interface CheckpointMailTable {
  day: CivilDate
  size: number
  holders: number
  queued_at: Instant
}

interface DataProjectTable {
  id: string
  number: string
  unit: string
  linkage: string
  name: string
  purpose: string
  legal_document: string
  custodian: string | null
  custodian_deputy: string | null
  custodian_since: Instant | null
  version: number
  created_at: Instant
}

interface DeadlineTable {
  id: string
  duty: string
  about_type: string
  about_id: string
  item_number: string
  link: string
  event_date: CivilDate
  term: JsonText
  basis: string
  due: CivilDate
  safe_due: CivilDate
  cut_off: string | null
  calendar: string
  provisional: boolean
  steps: JsonText
  owner_unit: string
  owner_person: string | null
  state: string
  opened_at: Instant
  met_at: Instant | null
  missed_at: Instant | null
  voided_at: Instant | null
  void_reason: string | null
  version: number
}

interface DeadlineReminderTable {
  deadline: string
  safe_due: CivilDate
  stage: string
  reminded_at: Instant
}

interface DeadlinesVDeadlineTable {
  id: Read<string | null>
  duty: Read<string | null>
  about_type: Read<string | null>
  about_id: Read<string | null>
  due: Read<CivilDate | null>
  safe_due: Read<CivilDate | null>
  cut_off: Read<string | null>
  provisional: Read<boolean | null>
  state: Read<string | null>
  met_at: Read<Instant | null>
  missed_at: Read<Instant | null>
  owner_unit: Read<string | null>
  owner_person: Read<string | null>
}

interface DeliveriesVDatedTable {
  delivery: Read<string | null>
  what: Read<string | null>
  happened_at: Read<Instant | null>
  recorded_at: Read<Instant | null>
  recorded_by: Read<string | null>
  days_late: Read<number | null>
}

interface DeliveryTable {
  id: string
  number: string
  project: string
  unit: string
  handler: string
  state: string
  detail: JsonText
  version: number
  created_at: Instant
  updated_at: Instant
}

interface DeliverySequenceTable {
  kind: string
  roc_year: number
  last_number: number
}

interface DeputyTable {
  id: string
  unit: string
  person: string
  deputy: string
  since: Instant
  until: Instant | null
  version: number
  roles: string[] | null
}

interface DeviceTable {
  account: string
  token_hash: Bytes
  agent: string
  address: string
  first_seen_at: Instant
  last_seen_at: Instant
}

interface DigestTable {
  person: string
  day: CivilDate
  items: number
  queued_at: Instant
}

interface HandoverItemTable {
  id: string
  change: string
  serial: number
  kind: string
  holding: string
  label: string
  state: string
  reason: string | null
  decided_by: string | null
  decided_at: Instant | null
}

interface InboxItemTable {
  id: string
  kind: string
  title: string
  link: string
  duty: string | null
  about_type: string
  about_id: string
  once: string
  person: string | null
  roles: string[]
  unit: string | null
  created_at: Instant
  done_at: Instant | null
  done_by: string | null
  version: number
}

interface LedgerCheckpointTable {
  size: number
  root: Bytes
  frontier: Bytes
  note: string
  time: Instant
}

interface LedgerEntryTable {
  index: number
  batch: number
  leaf_hash: Bytes
  entry: string
  time: Instant
  actor: string
  kind: string
  about_type: string | null
  about_id: string | null
}

interface LedgerPayloadTable {
  batch: number
  seal_key: string
  sealed: Bytes
}

interface LedgerSealKeyTable {
  id: string
  retention: string
  month: string
  kek: string | null
  wrapped: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>
  destroyed_at: Instant | null
}

interface LinkageTable {
  id: string
  provider: string
  unit: string
  purpose: string
  mode: string
  approval_number: string
  approved_on: CivilDate
  test_number: string
  tested_on: CivilDate
  transcribed: boolean
  state: string
  version: number
  created_at: Instant
}

interface LinkagesVLinkageTable {
  id: Read<string | null>
  provider: Read<string | null>
  unit: Read<string | null>
  purpose: Read<string | null>
  mode: Read<string | null>
  approval_number: Read<string | null>
  test_number: Read<string | null>
  state: Read<string | null>
  transcribed: Read<boolean | null>
}

interface MailAttemptTable {
  mail: string
  number: number
  at: Instant
  outcome: string
  response: string
}

interface MailOutboxTable {
  id: string
  ordinal: GeneratedAlways<number>
  kind: string
  recipient: string
  subject: string
  body: string
  item_number: string | null
  link: string | null
  secret_link: boolean
  attachment_name: string | null
  attachment_text: string | null
  idempotency_key: string
  message_id: string | null
  state: string
  attempts: number
  next_attempt_at: Instant
  claim: string | null
  claimed_until: Instant | null
  queued_at: Instant
  settled_at: Instant | null
  handled_at: Instant | null
}

interface NoticeTable {
  id: string
  duty: string
  about_type: string
  about_id: string
  item_number: string
  link: string
  sender: string | null
  channel: string
  state: string
  paper_number: string | null
  paper_date: CivilDate | null
  paper_receiver: string | null
  paper_scan: string | null
  happened_at: Instant
  recorded_at: Instant
  settled_at: Instant | null
  version: number
}

interface NoticeRecipientTable {
  notice: string
  person: string
  mail: string | null
  state: string
  message_id: string | null
  response: string | null
  settled_at: Instant | null
}

interface NoticeScanTable {
  id: string
  kind: string
  sha256: string
  bytes: number
  kept_by: string
  kept_at: Instant
}

interface NoticesVItemTable {
  kind: Read<string | null>
  about_type: Read<string | null>
  about_id: Read<string | null>
  created_at: Read<Instant | null>
  done_at: Read<Instant | null>
  done_by: Read<string | null>
}

interface NoticesVNoticeTable {
  id: Read<string | null>
  duty: Read<string | null>
  about_type: Read<string | null>
  about_id: Read<string | null>
  item_number: Read<string | null>
  channel: Read<string | null>
  state: Read<string | null>
  stands: Read<boolean | null>
  happened_at: Read<Instant | null>
  recorded_at: Read<Instant | null>
  settled_at: Read<Instant | null>
  sender: Read<string | null>
}

interface NoticesVScanTable {
  file: Read<string | null>
  sha256: Read<string | null>
  bytes: Read<number | null>
  about_type: Read<string | null>
  about_id: Read<string | null>
}

interface OfficeCalendarTable {
  version: string
  year: number
  revision: number
  csv: Bytes
  sha256: string
  imported_at: Instant
  imported_by: string
}

interface OneTimeLinkTable {
  token_hash: Bytes
  kind: string
  account: string | null
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
  seal: Bytes
}

interface OutsideAccountTable {
  id: string
  provider: string
  system: string
  name: string
  holder: string
  unit: string
  class: string
  kept_by: string
  stands_for: string | null
  changes: JsonText
  cancellation: ColumnType<unknown, string | null, string | null>
  cancelled_at: Instant | null
  recorded_by: string
  recorded_at: Instant
  version: number
}

interface PasswordHistoryTable {
  account: string
  password_hash: string
  replaced_at: Instant
}

interface PeopleVActorTable {
  person: Read<string | null>
  name: Read<string | null>
  title: Read<string | null>
  email: Read<string | null>
  staff_number: Read<string | null>
  vendor: Read<string | null>
}

interface PeopleVDeputyTable {
  unit: Read<string | null>
  person: Read<string | null>
  deputy: Read<string | null>
  since: Read<Instant | null>
  until: Read<Instant | null>
  roles: Read<string[] | null>
}

interface PeopleVPostTable {
  person: Read<string | null>
  unit: Read<string | null>
  role: Read<string | null>
  since: Read<Instant | null>
  until: Read<Instant | null>
}

interface PeopleVUnitTable {
  id: Read<string | null>
  code: Read<string | null>
  name: Read<string | null>
  kind: Read<string | null>
  parent: Read<string | null>
  since: Read<Instant | null>
  until: Read<Instant | null>
}

interface PeopleVUnitAboveTable {
  unit: Read<string | null>
  above: Read<string | null>
  height: Read<number | null>
}

interface PersonTable {
  id: string
  name: string
  title: string
  email: string
  version: number
  created_at: Instant
  staff_number: string | null
  vendor: string | null
}

interface PersonVersionTable {
  person: string
  version: number
  name: string
  title: string
  email: string
  staff_number: string | null
  since: Instant
}

interface PersonnelChangeTable {
  id: string
  number: string
  person: string
  unit: string
  kind: string
  effective_on: CivilDate
  received_on: CivilDate | null
  at: Instant
  retroactive: boolean
  leaves: boolean
  ended: JsonText
  begun: JsonText
  successor: string | null
  completed_at: Instant | null
  completed_by: string | null
  state: string
  closed_at: Instant | null
  recorded_at: Instant
  version: number
}

interface PersonnelChangeSequenceTable {
  roc_year: number
  last_number: number
}

interface PersonnelNoticeTable {
  id: string
  change: string
  office: string
  duty: string
  letter_number: string | null
  letter_on: CivilDate | null
  letter_recorded_at: Instant | null
  letter_recorded_by: string | null
}

interface PostTable {
  person: string
  unit: string
  role: string
  since: Instant
  until: Instant | null
}

interface ProviderTable {
  id: string
  code: string
  name: string
  kind: string
  contact_email: string
  sftp_host: string | null
  sftp_port: number | null
  sftp_user: string | null
  sftp_directory: string | null
  sftp_host_key: string | null
  sftp_secret: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>
  sftp_secret_kek: string | null
  version: number
  created_at: Instant
}

interface ProviderMailTable {
  id: string
  sha256: string
  bytes: number
  message_id: string | null
  kept_by: string
  kept_at: Instant
}

interface ProvidersVOutsideAccountTable {
  id: Read<string | null>
  provider: Read<string | null>
  system: Read<string | null>
  name: Read<string | null>
  holder: Read<string | null>
  unit: Read<string | null>
  class: Read<string | null>
  kept_by: Read<string | null>
  last_changed_on: Read<CivilDate | null>
  is_to_cancel: Read<boolean | null>
  cancelled_at: Read<Instant | null>
}

interface ProvidersVProviderTable {
  id: Read<string | null>
  code: Read<string | null>
  name: Read<string | null>
  kind: Read<string | null>
  has_connector: Read<boolean | null>
}

interface RegisterBookTable {
  unit: string
  roc_year: number
  last_number: number
}

interface RegisterEntryTable {
  id: string
  delivery: string
  unit: string
  roc_year: number
  serial: number
  number: string
  columns: JsonText
  digest: string
  later: JsonText
  voided_at: Instant | null
  void_reason: string | null
  version: number
  created_at: Instant
}

interface RegisterEntryVersionTable {
  entry: string
  version: number
  columns: JsonText
  later: JsonText
  digest: string
  changed_by: string
  changed_at: Instant
  reason: string | null
  act: string | null
}

interface RegisterStampTable {
  id: string
  entry: string
  place: string
  person: string
  account: string
  name: string
  title: string
  unit_name: string
  on_behalf_of: string | null
  digest: string
  noted_on: CivilDate
  stamped_at: Instant
  voided_at: Instant | null
  void_reason: string | null
}

interface ReminderTable {
  person: string
  subject: string
  stage: string
  kind: string
  item_number: string
  link: string
  due: CivilDate | null
  created_at: Instant
  digest_day: CivilDate | null
}

interface SchemaMigrationTable {
  name: string
  sha256: string
  applied_at: Instant
}

interface ScimClientTable {
  id: string
  name: string
  token_hash: Bytes
  seal: Bytes
  requests_per_minute: number
  created_at: Instant
  expires_at: Instant
  revoked_at: Instant | null
  version: number
}

interface ScimClientUseTable {
  client: string
  last_used_at: Instant
  minute: Instant
  requests: number
}

interface SessionTable {
  token_hash: Bytes
  account: string
  created_at: Instant
  last_seen_at: Instant
  expires_at: Instant
  seal: Bytes
  id: string
  stage: string
  address: string
  agent: string
  device: Bytes
  ended_at: Instant | null
  ended_why: string | null
  ended_from: string | null
}

interface SignInLockTable {
  name_pseudonym: string
  failures: number
  locked_until: Instant | null
  last_attempt_at: Instant
  told: boolean
}

interface TransferTable {
  delivery: string
  kind: string
  remote_path: string | null
  remote_size: number | null
  remote_modified_at: number | null
  upload: string
  bytes_done: number
  bytes_total: number | null
  state: string
  failure: string | null
  started_by: string
  started_at: Instant
  updated_at: Instant
  fingerprint: string | null
}

interface UnitTable {
  id: string
  code: string
  name: string
  kind: string
  parent: string | null
  version: number
  created_at: Instant
  since: Instant
  until: Instant | null
  place: GeneratedAlways<number>
}

interface UnitVersionTable {
  unit: string
  version: number
  code: string
  name: string
  parent: string | null
  since: Instant
}

interface VendorTable {
  id: string
  tax_id: string
  name: string
  contact_name: string
  contact_email: string
  contact_phone: string
  version: number
  created_at: Instant
}

interface VendorAgreementTable {
  id: string
  contract: string
  vendor: string
  unit: string
  roles: string[]
  since: Instant
  until: Instant
  document_number: string
  signed_on: CivilDate
  scan: string
  sha256: string
  recorded_by: string
  recorded_at: Instant
  confirmed_by: string | null
  confirmed_at: Instant | null
  rejection: ColumnType<unknown, string | null, string | null>
  extensions: JsonText
  ending: ColumnType<unknown, string | null, string | null>
  statement: ColumnType<unknown, string | null, string | null>
  version: number
}

interface VendorCheckTable {
  id: string
  agreement: string
  checked_on: CivilDate
  result: string
  remarks: string
  recorded_by: string
  recorded_at: Instant
}

interface VendorContractTable {
  id: string
  vendor: string
  unit: string
  main: string | null
  number: string
  subject: string
  from_on: CivilDate
  to_on: CivilDate
  version: number
  created_at: Instant
}

interface VendorPaperTable {
  scan: string
  sha256: string
  agreement: string
  kind: string
}

interface VendorStaffTable {
  agreement: string
  person: string
  pledged_on: CivilDate
  pledge_number: string
  scan: string
  sha256: string
  added_by: string
  added_at: Instant
  removal: ColumnType<unknown, string | null, string | null>
}

export interface Database {
  account: AccountTable
  anonymous_refusal: AnonymousRefusalTable
  checkpoint_mail: CheckpointMailTable
  data_project: DataProjectTable
  deadline: DeadlineTable
  deadline_reminder: DeadlineReminderTable
  deadlines_v_deadline: DeadlinesVDeadlineTable
  deliveries_v_dated: DeliveriesVDatedTable
  delivery: DeliveryTable
  delivery_sequence: DeliverySequenceTable
  deputy: DeputyTable
  device: DeviceTable
  digest: DigestTable
  handover_item: HandoverItemTable
  inbox_item: InboxItemTable
  ledger_checkpoint: LedgerCheckpointTable
  ledger_entry: LedgerEntryTable
  ledger_payload: LedgerPayloadTable
  ledger_seal_key: LedgerSealKeyTable
  linkage: LinkageTable
  linkages_v_linkage: LinkagesVLinkageTable
  mail_attempt: MailAttemptTable
  mail_outbox: MailOutboxTable
  notice: NoticeTable
  notice_recipient: NoticeRecipientTable
  notice_scan: NoticeScanTable
  notices_v_item: NoticesVItemTable
  notices_v_notice: NoticesVNoticeTable
  notices_v_scan: NoticesVScanTable
  office_calendar: OfficeCalendarTable
  one_time_link: OneTimeLinkTable
  outside_account: OutsideAccountTable
  password_history: PasswordHistoryTable
  people_v_actor: PeopleVActorTable
  people_v_deputy: PeopleVDeputyTable
  people_v_post: PeopleVPostTable
  people_v_unit: PeopleVUnitTable
  people_v_unit_above: PeopleVUnitAboveTable
  person: PersonTable
  person_version: PersonVersionTable
  personnel_change: PersonnelChangeTable
  personnel_change_sequence: PersonnelChangeSequenceTable
  personnel_notice: PersonnelNoticeTable
  post: PostTable
  provider: ProviderTable
  provider_mail: ProviderMailTable
  providers_v_outside_account: ProvidersVOutsideAccountTable
  providers_v_provider: ProvidersVProviderTable
  register_book: RegisterBookTable
  register_entry: RegisterEntryTable
  register_entry_version: RegisterEntryVersionTable
  register_stamp: RegisterStampTable
  reminder: ReminderTable
  schema_migration: SchemaMigrationTable
  scim_client: ScimClientTable
  scim_client_use: ScimClientUseTable
  session: SessionTable
  sign_in_lock: SignInLockTable
  transfer: TransferTable
  unit: UnitTable
  unit_version: UnitVersionTable
  vendor: VendorTable
  vendor_agreement: VendorAgreementTable
  vendor_check: VendorCheckTable
  vendor_contract: VendorContractTable
  vendor_paper: VendorPaperTable
  vendor_staff: VendorStaffTable
}
