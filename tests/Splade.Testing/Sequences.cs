namespace Splade.Testing;

/// <summary>Sequences of many thousands, compared as <see cref="Assert.Equal{T}(IEnumerable{T}, IEnumerable{T})"/> does, at a fraction of its time where they are equal.</summary>
public static class Sequences
{
    public static void AssertEqual<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        T[] wanted = [.. expected];
        T[] found = [.. actual];
        if (!wanted.SequenceEqual(found))
        {
            Assert.Equal(wanted, found);
            Assert.Fail("The sequences differ by the types' own comparison only.");
        }
    }
}
