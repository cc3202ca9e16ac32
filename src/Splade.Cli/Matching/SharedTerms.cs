using Splade.AI;

namespace Splade.Cli.Matching;

/// <summary>Why a query finds a document: the score is the sum over the terms that both have.</summary>
internal static class SharedTerms
{
    /// <summary>The terms of both, that which adds most to the score first.</summary>
    public static IReadOnlyList<SharedTerm> Between(SparseVector query, SparseVector document, IReadOnlyList<string> vocabulary, int? top = null) =>
        [.. query.Intersect(document).Terms(vocabulary, top).Select(t => new SharedTerm(t.Token, query[t.Id], document[t.Id], t.Weight))];
}
