namespace Splade.AI.Tests;

/// <summary>Public types, whether they can be inherited from, and what they implement; the analyser of the build knows their members.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Library_PublicTypesAndTheirInterfaces_AreTheApprovedOnes() =>
        ApprovedApi.AssertSame(typeof(SparseVector).Assembly, Path.Combine(Repository.TestData, "PublicApi.approved.txt"));
}
