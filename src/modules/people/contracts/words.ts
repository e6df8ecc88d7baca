import { z } from "zod"

export const shortText = z.string().trim().min(1).max(100)

/** The outbox takes local parts of at most 64 characters (RFC 5321 §4.5.3.1.1). */
export const mailAddress = z
  .email()
  .max(200)
  .regex(/^[^@]{1,64}@/)

/** 員工編號: what the personnel system writes, no spaces. */
export const staffNumber = z
  .string()
  .trim()
  .regex(/^\S{1,40}$/u)

/** What a person is called, as typed, imported or sent by a directory. */
export const personWords = { name: shortText, title: shortText, email: mailAddress }
