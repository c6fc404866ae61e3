/** The way from a record to a part of it: names of fields and positions in lists. */
export type Path = readonly (string | number)[]
