package kolla.runbooks.catalog;

/**
 * A choice that the catalogue cannot serve and therefore refuses instead of passing over.
 *
 * @param when a condition
 * @param because what was chosen and what would be right
 */
public record Refusal(Text when, Text because) {}
