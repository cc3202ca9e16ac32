namespace Splade.AI.Search.Sparse;

/// <summary>Puts positions into places of a table that nobody outside of the process can tell.</summary>
/// <remarks>
/// A position is its own hash otherwise. Where it is that of a word, whoever writes texts can choose words that all come to one place, and each of them is
/// looked for among all others then.
/// </remarks>
internal sealed class SecretPositions : IEqualityComparer<int>
{
    private readonly uint _factor = (uint)Random.Shared.Next() << 1 | 1;
    private readonly uint _term = (uint)Random.Shared.Next();

    private SecretPositions()
    {
    }

    public static SecretPositions Instance { get; } = new();

    public bool Equals(int x, int y) => x == y;

    // The upper half of a product depends on all bits of both.
    public int GetHashCode(int obj)
    {
        ulong product = ((uint)obj ^ _term) * (ulong)_factor;
        return (int)((uint)product ^ (uint)(product >> 32));
    }
}
