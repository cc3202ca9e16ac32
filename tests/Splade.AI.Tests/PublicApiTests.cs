using System.Reflection;
using System.Runtime.CompilerServices;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests;

/// <summary>What users can call is listed in one approved file, so that every change of it shows in a diff.</summary>
public sealed class PublicApiTests
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "Splade.AI.Tests", "TestData", "PublicApi.approved.txt");

    [Fact]
    public void Library_PublicTypesAndMembers_AreTheApprovedOnes()
    {
        string[] expected = File.Exists(Approved) ? File.ReadAllLines(Approved) : [];
        string[] actual = [.. typeof(SparseVector).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(Describe)];
        if (!expected.SequenceEqual(actual))
        {
            string received = Path.ChangeExtension(Approved, null)[..^".approved".Length] + ".received.txt";
            File.WriteAllLines(received, actual);
            Assert.Fail($"The public API has changed. If that is meant, copy {received} over {Approved}.\n"
                + $"New: {string.Join(", ", actual.Except(expected))}\nGone: {string.Join(", ", expected.Except(actual))}");
        }
    }

    private static IEnumerable<string> Describe(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> members = type.GetMembers(Declared)
            .Where(m => m is not Type && IsVisible(m))
            .Where(m => m is not MethodInfo { IsSpecialName: true } and not FieldInfo { IsSpecialName: true })
            .Where(m => m is not MethodInfo || !m.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(m => $"    {m.MemberType.ToString().ToLowerInvariant()} {m}")
            .Order(StringComparer.Ordinal);
        IEnumerable<string> contracts = type.IsEnum ? [] : type.GetInterfaces().Where(i => i.IsPublic).Select(i => $"    implements {i}").Order(StringComparer.Ordinal);
        return contracts.Concat(members).Prepend($"{Kind(type)} {type}");
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        _ => true,
    };
}
