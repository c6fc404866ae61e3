import type { RunResult } from '@offtake/core/simulation/run-result'
import { providerPalette } from './provider-palette.ts'
import type { Section } from './section.ts'
import { assumedSection } from './sections/assumed-section.ts'
import { burnDownSection } from './sections/burn-down-section.ts'
import { calendarSection } from './sections/calendar-section.ts'
import { capacitySection } from './sections/capacity-section.ts'
import { cashSection } from './sections/cash-section.ts'
import { checksSection } from './sections/checks-section.ts'
import { concentrationSection } from './sections/concentration-section.ts'
import { maturitySection } from './sections/maturity-section.ts'
import { methodSection } from './sections/method-section.ts'
import { outagesSection } from './sections/outages-section.ts'
import { overlapsSection } from './sections/overlaps-section.ts'
import { utilisationSection } from './sections/utilisation-section.ts'
import { waitsSection } from './sections/waits-section.ts'
import { windowSection } from './sections/window-section.ts'
import { windowYearsSection } from './sections/window-years-section.ts'
import { windowsSection } from './sections/windows-section.ts'
import { yearsSection } from './sections/years-section.ts'

/** The report's parts, from what is there to what it rests on. */
export function reportSections(result: RunResult): Section[] {
  const palette = providerPalette(result)
  const sections = [
    capacitySection(result, palette),
    windowSection(result),
    windowYearsSection(result),
    maturitySection(result, palette),
    yearsSection(result),
    burnDownSection(result),
    utilisationSection(result),
    waitsSection(result),
    outagesSection(result),
    windowsSection(result),
    concentrationSection(result, palette),
    cashSection(result),
    overlapsSection(result),
    assumedSection(result),
    checksSection(result),
    calendarSection(result),
    methodSection(result),
  ]
  return sections.filter((section) => section !== undefined)
}
