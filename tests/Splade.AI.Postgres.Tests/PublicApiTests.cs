namespace Splade.AI.Postgres.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Package_PublicTypesAndMembers_AreTheApprovedOnes() => ApprovedApi.AssertSame(
        typeof(PostgresHybridStore).Assembly,
        Path.Combine(Repository.Root, "tests", "Splade.AI.Postgres.Tests", "TestData", "PublicApi.approved.txt"));
}
