namespace Splade.AI.Remote.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Package_PublicTypesAndMembers_AreTheApprovedOnes() => ApprovedApi.AssertSame(
        typeof(TeiSparseEmbeddingGenerator).Assembly,
        Path.Combine(Repository.Root, "tests", "Splade.AI.Remote.Tests", "TestData", "PublicApi.approved.txt"));
}
