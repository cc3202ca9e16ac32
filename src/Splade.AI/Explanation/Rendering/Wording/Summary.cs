namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>An explanation in a sentence, and what a reader should know beside it.</summary>
internal static class Summary
{
    public static string Of(TextExplanation text)
    {
        string read = $"{Phrases.Count(text.TokenCount, "token")} read.";
        return text.TermCount == 0
            ? $"The vector has no terms; {read}"
            : $"{Phrases.Count(text.TermCount, "term")} with a total weight of {Phrases.Weight(text.Mass)}, {Shares(text)}; {read}";
    }

    public static string Of(MatchExplanation match)
    {
        string terms = $"{match.TermCount} of {Phrases.Count(match.TermCount + match.UnmatchedCount, "query term")}";
        return match.ExpansionShare is double share
            ? $"Score {Phrases.Score(match.Score)} from {terms}; {Phrases.Share(share)} of it rests on expansion{OnPolicy(match)}."
            : $"Score {Phrases.Score(match.Score)} from {terms}.";
    }

    public static IEnumerable<string> Warnings(TextExplanation text) => Warnings(text, "text");

    public static IEnumerable<string> Warnings(MatchExplanation match) =>
        new[] { match.Warning }.OfType<string>().Concat(Warnings(match.Query, "query")).Concat(Warnings(match.Document, "document")).Distinct();

    private static string Shares(TextExplanation text)
    {
        string literal = $"{Phrases.Share(text.LiteralShare)} of it literal", expansion = $"{Phrases.Share(text.ExpansionShare)} expansion";
        return text.PolicyShare > 0
            ? $"{literal}, {expansion} and {Phrases.Share(text.PolicyShare)} added by the policy"
            : $"{literal} and {expansion}";
    }

    private static string OnPolicy(MatchExplanation match) =>
        match.PolicyShare is > 0 and double share ? $" and {Phrases.Share(share)} on the vocabulary policy" : "";

    private static IEnumerable<string> Warnings(TextExplanation? text, string name)
    {
        if (text is { Truncated: true })
        {
            yield return $"The {name} is longer than what is read of it: its end has no part in this.";
        }

        if (text?.SpansUnavailableReason is string obstacle)
        {
            yield return obstacle;
        }
    }
}
