import { Redactor } from '@redactpii/node'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PersonalDataKind } from '../rules/rules.ts'

type Finder = (text: string, phoneCountry: string) => number

const MARK = '\u{f0000}'

function redactorCounting(kind: 'EMAIL' | 'SSN'): (text: string) => number {
  const redactor = new Redactor({ rules: { [kind]: true }, globalReplaceWith: MARK })
  return (text) => redactor.redact(text).split(MARK).length - text.split(MARK).length
}

/** RFC 5321: 64 characters before the at sign and 255 behind it. */
const LOCAL_PART = 64
const DOMAIN_PART = 255

/**
 * The library's pattern looks from every word for an at sign far away, which takes ages on hostile text: it only gets
 * what stands around each at sign, without spaces.
 */
function countEmails(text: string): number {
  const around: string[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const before = /\S*$/.exec(text.slice(Math.max(0, at - LOCAL_PART), at))![0]
    const behind = /^\S*/.exec(text.slice(at, at + DOMAIN_PART))![0]
    if (before !== '' && behind.includes('.')) around.push(before + behind)
  }
  const own = around.filter((address) => !RESERVED_EMAIL.test(address))
  return own.filter((address) => countEmailsIn(address) > 0).length
}

/** Names kept for documents by RFC 2606 belong to nobody. */
const RESERVED_EMAIL = /@(?:[\w-]+\.)*(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)\b/i
const countEmailsIn = redactorCounting('EMAIL')
const countSsns = redactorCounting('SSN')

const DIGIT_RUN = /(?:\+|\(|\b)\d[\d ().\-–/]{5,20}\d/g
const CARD = /\b\d(?:[ -]?\d){12,18}\b/g
const IPV4 = /(?<![\d.]|v|version )(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/gi

const KEYS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/g,
  /\bsk-(?:[a-z]+-)?[A-Za-z0-9_-]{20,}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g,
  /\bAIza[A-Za-z0-9_-]{35}\b/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  // 32 bytes in hex are a digest as often as a key: only what is called a key counts.
  /\b(?:(?:private|secret)[ _-]?key\b[^\n]{0,20}?|key\b[ "'=:]{1,4})\b(?:0x)?[0-9a-f]{64}\b/gi,
]

/** How many findings of each kind a text has. */
export const FINDERS: Record<PersonalDataKind, Finder> = {
  email: countEmails,
  ssn: countSsns,
  phone: countPhones,
  card: (text) => (text.match(CARD) ?? []).filter(isCard).length,
  key: (text) => KEYS.reduce((sum, pattern) => sum + (text.match(pattern)?.length ?? 0), 0),
  ipv4: countAddresses,
}

function countPhones(text: string, phoneCountry: string): number {
  const country = isSupportedCountry(phoneCountry) ? (phoneCountry as CountryCode) : undefined
  let count = 0
  for (const [run] of text.matchAll(DIGIT_RUN)) {
    if (!country && !run.startsWith('+')) continue
    if (parsePhoneNumberFromString(run, country)?.isValid()) count++
  }
  return count
}

/** Luhn's check over 13 to 19 digits that start like a card of a known network. */
function isCard(run: string): boolean {
  const digits = run.replace(/\D/g, '')
  if (!/^(?:4|5[1-5]|2[2-7]|3[47]|6)/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits)
}

/** What is before an address that is meant as one. */
const NAMED = /\b(?:ip|ips|ipv4|address|addresses|server|host|hosts|ping|ssh)\b[^\n]{0,16}$/i
/** Versions have four numbers too, but small ones. */
const BEYOND_VERSIONS = 64

function countAddresses(text: string): number {
  let count = 0
  for (const { 0: address, index } of text.matchAll(IPV4)) {
    const large = address.split('.').some((part) => Number(part) >= BEYOND_VERSIONS)
    if (isPublicAddress(address) && (large || NAMED.test(text.slice(Math.max(0, index - 32), index)))) count++
  }
  return count
}

/** Private, loopback, link-local, documentation and multicast addresses name nobody. */
function isPublicAddress(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number)
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (a === 192 && (b === 168 || (b === 0 && (c === 2 || c === 0)))) return false
  if (a === 172 && b >= 16 && b <= 31) return false
  if (a === 169 && b === 254) return false
  return !(a === 198 && (b === 51 || b === 18 || b === 19)) && !(a === 203 && b === 0 && c === 113)
}
