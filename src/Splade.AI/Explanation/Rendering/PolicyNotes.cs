using Splade.AI.Policy;

namespace Splade.AI.Explanation.Rendering;

/// <summary>What a policy did, in a few words.</summary>
internal static class PolicyNotes
{
    public const string BannedFromText = "Banned by the policy";
    public const string BannedFromQuery = "Banned from the query by the policy";
    public const string BannedFromDocument = "Banned from the document by the policy";

    /// <summary>What was done to a term; empty if nothing was.</summary>
    public static string Of(ExplainedTerm term) => string.Join(", ", term.PolicyEffects);

    /// <summary>The terms that were taken out of a text's vector, with the weights that they had; none if the text is not known.</summary>
    public static IEnumerable<string> Banned(TextExplanation? text) =>
        (text?.BannedTerms ?? []).Select((PolicyEffect e) => $"{e.Token} {Numbers.Weight(e.Before)}");

    /// <summary>Whether a policy added any of the terms.</summary>
    public static bool AddedAny(IEnumerable<ExplainedTerm> terms) => terms.Any(t => t.Origin == TermOrigin.Policy);

    /// <inheritdoc cref="AddedAny(IEnumerable{ExplainedTerm})"/>
    public static bool AddedAny(IEnumerable<MatchedTerm> terms) => AddedAny(terms.SelectMany(t => new[] { t.Query, t.Document }));
}
