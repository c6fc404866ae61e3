export const MIB = 1024 * 1024
/** A parsed YAML text takes hundreds of times its size in memory. */
export const LARGEST_YAML = 2 * MIB
export const LARGEST_TABLE = 16 * MIB
export const MOST_FILES = 10_000
/** All YAML texts together; parsed they are held in memory until the last one is checked. */
export const MOST_CHARACTERS = 8 * MIB
export const TOO_MUCH = 'with this file the YAML files of the portfolio are larger than 8 MiB together'

/** The folders of a portfolio beside its settings. */
export const YAML_FOLDERS: readonly string[] = ['agreements', 'quotes', 'workloads', 'fleet']
export const TABLE_FOLDER = 'prices'
export const TABLE_ENDING = '.csv'
