
namespace Splade.AI.Evaluation.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Package_PublicTypesAndMembers_AreTheApprovedOnes() => ApprovedApi.AssertSame(
        typeof(EvaluationDataset).Assembly,
        Path.Combine(Repository.Root, "tests", "Splade.AI.Evaluation.Tests", "TestData", "PublicApi.approved.txt"));
}
