namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>A term that a policy took out, with the weight that it had.</summary>
internal sealed record BannedJson(int Id, string Term, float Weight)
{
    /// <summary>Those of a text; null if there are none.</summary>
    public static IReadOnlyList<BannedJson>? Of(TextExplanation? text) =>
        text is { BannedTerms.Count: > 0 } ? [.. text.BannedTerms.Select(e => new BannedJson(e.Id, e.Token, e.Before))] : null;
}
