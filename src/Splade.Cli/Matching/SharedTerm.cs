namespace Splade.Cli.Matching;

/// <summary>A term that a query and a document have both.</summary>
/// <param name="Token">The term as the vocabulary writes it.</param>
/// <param name="QueryWeight">Its weight in the query.</param>
/// <param name="DocumentWeight">Its weight in the document.</param>
/// <param name="Product">What it adds to the score.</param>
internal readonly record struct SharedTerm(string Token, float QueryWeight, float DocumentWeight, float Product);
