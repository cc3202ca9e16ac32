namespace Splade.AI.Policy;

/// <summary>Specifies what a <see cref="VocabularyPolicy"/> has done to an entry of a vector. The values are in the order of the steps.</summary>
public enum PolicyAction
{
    /// <summary>Taken out.</summary>
    Banned,

    /// <summary>Multiplied.</summary>
    Boosted,

    /// <summary>Raised to a share of another term's weight.</summary>
    Synonym,

    /// <summary>Raised to a minimum, because it stands in the text.</summary>
    Forced,
}
