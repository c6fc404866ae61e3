import { compareText } from '@offtake/core/base/compare-text'

/** Where in the portfolio's files something is, counted from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What is wrong with a portfolio's files, where, and in the buyer's words. */
export interface PlacedProblem extends Place {
  readonly code: ProblemCode
  readonly message: string
}

/** Every code with what it means. Codes are stable: scripts may rely on them. */
export const PROBLEM_CODES = {
  missingSettings: 'The folder has no offtake.yaml',
  unexpectedFile: 'A file lies where the portfolio format knows none',
  noFolder: 'The folder is not there, or is no folder',
  noPermission: 'A file or folder may not be read',
  linkLoop: 'A symbolic link leads back to where it came from, or nowhere',
  notAFile: 'A thing that is no regular file lies where a file belongs',
  fileTooLarge: 'A file is larger than any portfolio needs',
  tooManyFiles: 'The folder has more files than any portfolio needs',
  notText: 'A file is not UTF-8 text',
  emptyFile: 'A file holds nothing',
  brokenYaml: 'A file is not well-formed YAML',
  duplicateField: 'A field is written twice in one place',
  tooManyAliases: 'YAML aliases expand beyond what a portfolio needs, or refer to themselves',
  tooDeep: 'YAML is nested deeper than a portfolio needs',
  brokenTable: 'A CSV file has a row that cannot be read, or lacks a column',
  unknownField: 'A field is not part of the format',
  missingField: 'A field that must be there is not',
  wrongType: 'A value is of another kind than the field takes',
  unknownChoice: 'A value is none of the words that the field takes',
  unreadableAmount: 'A sum of money cannot be read',
  amountOutOfRange: 'A sum of money is negative, or larger than any agreement',
  unreadableDate: 'A date cannot be read, or does not exist',
  dateOutOfRange: 'A date lies before 1970 or after 2199',
  unreadableDuration: 'A duration cannot be read',
  unreadableShare: 'A share cannot be read',
  shareOutOfRange: 'A share is not between 0 and 1',
  numberOutOfRange: 'A number is outside what the field takes',
  notWhole: 'A number must be whole',
  badIdentifier: 'An id has characters that ids do not have',
  badAccelerators: 'A number of accelerators is negative or not whole',
  duplicateId: 'Two things of one kind have the same id',
  badProvenance: 'A figure has more than one of source, assumed and derived',
  badAlternative: 'Exactly one of several fields must be there',
  badProfile: 'Tables of a workload profile contradict themselves',
  reversedDates: 'Something ends before it starts, or when it starts',
  trancheOutsideTerm: "A tranche is promised, expected or delivered outside its agreement's term",
  optionOutsideWindow: 'An option was exercised outside its window',
  extensionWithoutMonths: 'An exercised extension does not say by how much it extends',
  overlappingExclusivities: 'The same scope is exclusive twice at the same time',
  currencyMix: "A sum is in another currency than the portfolio's",
  rampNotWhole: 'The shares of a ramp do not add up to one',
  rampOfOtherLength: 'A ramp has not as many shares as the term has intervals',
  floorAboveCap: "An index's floor is above its cap",
  pricesTooLarge: 'All lines together could cost more in an hour than can be counted exactly',
  indexOfOtherUnit: 'A price that is not per accelerator-hour follows an index',
  lossesWithoutSpot: 'A line that is no spot capacity says how often it is lost',
  unknownSeries: 'A price follows a series that no file of prices/ has',
  seriesBeginsLate: 'A series of prices begins after the agreement that follows it',
  bindingLetterOfIntent: 'A letter of intent is marked as binding',
  draftWithSignature: 'A draft has a date of signature',
  overlapWithItself: 'An agreement overlaps with itself',
  unknownAgreement: 'Nothing has the id of the agreement that is named',
  unknownHardware: 'Neither the built-in table nor the fleet knows the hardware',
  unknownTenant: 'Work is for a tenant that offtake.yaml does not list',
  unknownParent: 'A tenant is below one that offtake.yaml does not list',
  tenantCycle: 'Tenants are above each other in a circle',
  unknownPool:
    'A quota, shape, rate of failure or outage is for a pool that neither agreements nor fleet bring',
  unknownDomain: 'An outage is of a domain that its pool never has within the window',
  unknownProvider:
    'An outage is of a provider, or a region of it, of which neither agreements nor fleet bring a pool',
  poolTwice: 'A tenant has two quotas for one pool',
  unknownProfile: 'A workload names a profile that nobody knows',
  acceptsNothing: 'Work accepts no hardware at all',
  noPoolEver: 'Work accepts only hardware that no pool will ever have',
  memberLargerThanNode: 'A member needs more accelerators than any node that it accepts has',
  memberNeedsMoreThanNode: 'A member needs more cores or memory than any node that it accepts has',
  nodeTooLarge:
    'A node that states its cores or memory has more accelerators than can be looked at one by one',
  replicaTooFarApart: 'A replica has more members than any node, domain or block that it must share holds',
  spreadImpossible:
    'Work is to be spread over more providers, regions or pools than ever have what it accepts',
  windowTooFarApart: 'What is booked is larger than what its topology allows',
  windowMeetsItself: 'What is booked comes back before it is over',
  unknownWindow: 'A workload names a window that nobody books',
  roleTooFarApart: 'A role has more members than any node, domain or block that it must share holds',
  roleTwice: 'Two roles of a workload have the same name',
  restartsWithoutSaving: 'Gangs load their last save when their size changes, but save nothing',
  elasticShares: 'Workers that share accelerators run at one size, and cannot be elastic',
  windowTooOften: 'What is booked comes back more often than can be booked at once',
  poolNotAccepted: 'What is booked is to lie in a pool of hardware that it does not accept',
  notItsWindow: 'A workload names a window of a tenant that is neither its own nor above that',
  shapeOfListedPool:
    'A shape is for a pool whose machines are listed, which say themselves how they are built',
  sparesFillDomain: 'So many nodes of each domain stand by that none works',
  roleWithoutCores: 'A role needs CPU cores, of which no pool that it accepts will ever have any',
  stepsOutOfOrder: 'Steps of a demand are not in order of time',
  pointTwice: 'A series of prices has two prices from the same day on',
  shapeTwice: 'Two shapes are for the same pool or hardware',
  upkeepTwice: 'Two statements of upkeep are for the same pool or hardware',
  failuresTwice: 'Two rates of failure are for the same pool or hardware',
  windowOutsideHorizon: 'The window that is played is not within the horizon',
  yearTwice: 'A year of revenue is there twice',
  dividesByNothing: 'An expectation divides by 0',
} as const

export type ProblemCode = keyof typeof PROBLEM_CODES

/** A problem of a file as a whole, or of one of its lines. */
export function problemIn(file: string, code: ProblemCode, message: string, line = 1): PlacedProblem {
  return { file, line, column: 1, code, message }
}

/** Problems in order of file, line and column, each said once. */
export function inOrder(problems: readonly PlacedProblem[]): PlacedProblem[] {
  const seen = new Set<string>()
  return [...problems]
    .sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
    .filter((problem) => {
      const key = JSON.stringify([problem.file, problem.line, problem.column, problem.code, problem.message])
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}
