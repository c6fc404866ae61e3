/** A rule that does not hold, with what it is about. */
export interface Broken {
  readonly rule: Rule
  /** A gang, a node or a tenant, as far as it has a name. */
  readonly subject: string
  readonly expected?: string | number
  readonly found?: string | number
}

export type Rule =
  | 'timeGoesOn'
  | 'namesKnownThings'
  | 'startsOnlyFromWaiting'
  | 'finishesOnlyFromRunning'
  | 'isEvictedForItsReason'
  | 'noticeIsKept'
  | 'asksBorrowersOnly'
  | 'asksOncePerGang'
  | 'keepsOnlyOnesOwn'
  | 'holdsWhatItsRolesAsk'
  | 'membersAreWholeOnNodes'
  | 'sitsOnAcceptedHardware'
  | 'topologyIsRespected'
  | 'groupsAreSpread'
  | 'sitsOnNodesInService'
  | 'sparesStandBy'
  | 'offendersStayOut'
  | 'drainsAreAhead'
  | 'drainsTakeWhatEndsInTime'
  | 'nodesHoldNoMoreThanTheyHave'
  | 'coresAreEnough'
  | 'borrowedIsCounted'
  | 'borrowLimitIsKept'
  | 'gangsAreAccountedFor'
  | 'queueIsInOrder'
  | 'handOversArePending'
  | 'useIsCounted'
  | 'membersHaveTheirNeeds'
  | 'acceleratorsAreSharedOnce'
  | 'nodeCoresAreEnough'
  | 'nodeMemoryIsEnough'
  | 'roomIsCounted'
  | 'sharesAreNotLent'
  | 'indexIsCounted'
  | 'indexIsOrdered'
  | 'holdersAreKnown'
  | 'nobodyWaitsBesideItsRoom'
  | 'takesAreCounted'
  | 'foreseesOnlyTheUnknown'
