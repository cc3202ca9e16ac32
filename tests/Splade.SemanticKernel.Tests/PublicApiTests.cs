namespace Splade.SemanticKernel.Tests;

/// <summary>Public types, whether they can be inherited from, and what they implement; the analyser of the build knows their members.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Library_PublicTypesAndTheirInterfaces_AreTheApprovedOnes() => ApprovedApi.AssertSame(
        typeof(SpladePlugin).Assembly, Path.Combine(Repository.Root, "tests", "Splade.SemanticKernel.Tests", "TestData", "PublicApi.approved.txt"));
}
