namespace Splade.AI.Qdrant.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Package_PublicTypesAndMembers_AreTheApprovedOnes() => ApprovedApi.AssertSame(
        typeof(QdrantHybridStore).Assembly,
        Path.Combine(Repository.Root, "tests", "Splade.AI.Qdrant.Tests", "TestData", "PublicApi.approved.txt"));
}
