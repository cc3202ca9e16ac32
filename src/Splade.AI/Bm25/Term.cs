using Splade.AI.Hashing;

namespace Splade.AI.Bm25;

/// <summary>A stem, and the dimension that it is hashed to. Two are equal if their stems are.</summary>
internal sealed class Term(string stem) : IEquatable<Term>
{
    public string Stem { get; } = stem;

    public int Dimension { get; } = HashedTerms.DimensionOf(stem);

    public bool Equals(Term? other) => ReferenceEquals(this, other) || (other is not null && Dimension == other.Dimension && Stem == other.Stem);

    public override bool Equals(object? obj) => Equals(obj as Term);

    public override int GetHashCode() => Dimension;
}
