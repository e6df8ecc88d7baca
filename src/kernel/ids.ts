/** A value whose type says what it identifies; at run time a plain string. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

export type PersonId = Brand<string, "PersonId">
export type AccountId = Brand<string, "AccountId">
export type DeputyId = Brand<string, "DeputyId">
export type UnitId = Brand<string, "UnitId">
export type VendorId = Brand<string, "VendorId">
export type ScimClientId = Brand<string, "ScimClientId">
export type ProviderId = Brand<string, "ProviderId">
export type OutsideAccountId = Brand<string, "OutsideAccountId">
export type LinkageId = Brand<string, "LinkageId">
export type ProjectId = Brand<string, "ProjectId">
export type DeliveryId = Brand<string, "DeliveryId">
export type EntryId = Brand<string, "EntryId">
export type NoticeId = Brand<string, "NoticeId">
export type DeadlineId = Brand<string, "DeadlineId">
export type FileId = Brand<string, "FileId">
