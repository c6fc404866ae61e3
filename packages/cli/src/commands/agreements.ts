import type { Command } from 'commander'
import type { Finish } from '../command.ts'
import { registerAgreementsCalendar } from './agreements-calendar.ts'
import { registerAgreementsList } from './agreements-list.ts'
import { registerAgreementsShow } from './agreements-show.ts'

/** `offtake agreements …`: what was signed, and what is due when. */
export function registerAgreements(program: Command, finish: Finish): void {
  const agreements = program
    .command('agreements')
    .description('what was signed: list the agreements, show the terms of one, or what is due when')
  registerAgreementsList(agreements, finish)
  registerAgreementsShow(agreements, finish)
  registerAgreementsCalendar(agreements, finish)
}
