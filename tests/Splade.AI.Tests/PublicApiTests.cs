namespace Splade.AI.Tests;

/// <summary>What users can call is listed in one approved file, so that every change of it shows in a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Library_PublicTypesAndMembers_AreTheApprovedOnes() =>
        ApprovedApi.AssertSame(typeof(SparseVector).Assembly, Path.Combine(Repository.TestData, "PublicApi.approved.txt"));
}
