using Splade.AI.Hashing;

namespace Splade.AI.Bm25;

/// <summary>A stem, and the dimension that it is hashed to. Two are equal if their stems are.</summary>
internal sealed class Term(string stem) : IEquatable<Term>
{
    // Not the dimension, whose hash has no secret: whoever writes texts could put all of their words into one place of a table.
    private readonly int _hash = stem.GetHashCode(StringComparison.Ordinal);

    public string Stem { get; } = stem;

    public int Dimension { get; } = HashedTerms.DimensionOf(stem);

    public bool Equals(Term? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && Stem == other.Stem);

    public override bool Equals(object? obj) => Equals(obj as Term);

    public override int GetHashCode() => _hash;
}
