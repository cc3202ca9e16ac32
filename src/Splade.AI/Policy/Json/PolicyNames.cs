namespace Splade.AI.Policy.Json;

/// <summary>The names of the members in a policy file.</summary>
internal static class PolicyNames
{
    public const string Terms = "terms";
    public const string Tokens = "tokens";
    public const string Patterns = "patterns";
    public const string Lists = "lists";
    public const string In = "in";
    public const string Factor = "factor";
    public const string To = "to";
    public const string Weight = "weight";

    /// <summary>The kinds of rules, in the order of the steps, and the members that a rule of the kind has beside those of all rules.</summary>
    private static readonly (string Kind, string[] Members)[] Kinds =
    [
        (BanRule.Name, []),
        (BoostRule.Name, [Factor]),
        (SynonymRule.Name, [To, Factor]),
        (ForceRule.Name, [Weight]),
    ];

    public static string[] OfPolicy { get; } = [Lists, .. Kinds.Select(k => k.Kind)];

    /// <summary>The scopes, as <see cref="In"/> names them.</summary>
    public static (string Name, EmbeddingInputType? Scope)[] Scopes { get; } =
        [("both", null), ("documents", EmbeddingInputType.Document), ("queries", EmbeddingInputType.Query)];

    public static IEnumerable<string> OfKinds => Kinds.Select(k => k.Kind);

    public static string[] OfRule(string kind) => [Terms, Tokens, Patterns, Lists, .. Kinds.Single(k => k.Kind == kind).Members, In];
}
