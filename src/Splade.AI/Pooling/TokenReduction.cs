namespace Splade.AI.Pooling;

/// <summary>How the model's outputs for the tokens of a text become one row for the text.</summary>
/// <param name="Logits">How logits over a vocabulary are pooled; null where the outputs are parts of a dense vector.</param>
/// <param name="FirstOnly">Whether a dense vector is the row of the first token; otherwise it is the mean of each column.</param>
internal readonly record struct TokenReduction(LogitPooling? Logits, bool FirstOnly = false)
{
    /// <summary>The mean of each column.</summary>
    public static TokenReduction Mean { get; } = new(Logits: null);

    /// <summary>The row of the first token.</summary>
    public static TokenReduction First { get; } = new(Logits: null, FirstOnly: true);

    /// <summary>Rows are of texts already, a logit for each label, and stay as they are.</summary>
    public static TokenReduction Labels { get; } = new(Logits: null) { IsOfLabels = true };

    /// <summary>Whether the rows are logits of labels, one row for a text.</summary>
    public bool IsOfLabels { get; private init; }

    /// <summary>Whether the rows are logits over a vocabulary, and not parts of a dense vector.</summary>
    public bool IsSparse => Logits is not null;
}
