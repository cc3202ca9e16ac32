using System.Text;
using Splade.AI.Hashing;

namespace Splade.AI.Tests.Hashing;

/// <summary>The dimensions that published vectors have, and the edges of the space.</summary>
public sealed class HashedTermsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("hello", 613153351)]
    [InlineData("世界", 1974475094)]
    [InlineData("stay", 1881538586)]
    [InlineData("studi", 150760872)]
    [InlineData("sprint", 1932363795)]
    [InlineData("nike", 1974139272)]
    [InlineData("40", 1784631546)]
    public void DimensionOf_PublishedTerms_IsThatOfThePublishedVectors(string term, int dimension) =>
        Assert.Equal(dimension, HashedTerms.DimensionOf(term));

    [Theory]
    [InlineData(0u, 0)]
    [InlineData(1u, 1)]
    [InlineData(0xFFFFFFFFu, 1)]
    [InlineData(0x7FFFFFFEu, int.MaxValue - 1)]
    [InlineData(0x7FFFFFFFu, int.MaxValue - 1)]
    [InlineData(0x80000000u, int.MaxValue - 1)]
    [InlineData(0x80000001u, int.MaxValue - 1)]
    [InlineData(0x80000002u, int.MaxValue - 1)]
    [InlineData(0x80000003u, int.MaxValue - 2)]
    public void Fold_MagnitudeOfAHash_LiesInTheSpace(uint hash, int dimension) =>
        Assert.Equal(dimension, HashedTerms.Fold(HashedTerms.Magnitude(hash)));

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFFFu)]
    [InlineData(0x80000000u, 0x80000000u)]
    [InlineData(0xFFFFFFFFu, 1u)]
    public void Magnitude_HashReadAsSigned_IsItsAbsoluteValue(uint hash, uint magnitude) => Assert.Equal(magnitude, HashedTerms.Magnitude(hash));

    [Fact]
    public void MagnitudeOf_LongTerm_IsThatOfItsBytes()
    {
        string term = new('ß', 1000);
        Assert.Equal(HashedTerms.Magnitude(MurmurHash3.Hash32(Encoding.UTF8.GetBytes(term))), HashedTerms.MagnitudeOf(term));
    }

    // Published with the algorithm's own verification, and by Austin Appleby's SMHasher.
    [Theory]
    [InlineData("", 0u)]
    [InlineData("test", 0xBA6BD213u)]
    [InlineData("Hello, world!", 0xC0363E43u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x2E4FF723u)]
    public void Hash32_PublishedTexts_HaveTheirPublishedHashes(string text, uint hash) =>
        Assert.Equal(hash, MurmurHash3.Hash32(Encoding.UTF8.GetBytes(text)));
}
