namespace Splade.SemanticKernel.Tests;

/// <summary>What users can call is listed in one approved file, so that every change of it shows in a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Library_PublicTypesAndMembers_AreTheApprovedOnes() => ApprovedApi.AssertSame(
        typeof(SpladePlugin).Assembly, Path.Combine(Repository.Root, "tests", "Splade.SemanticKernel.Tests", "TestData", "PublicApi.approved.txt"));
}
