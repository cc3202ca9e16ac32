using Xunit.Abstractions;
using Xunit.Sdk;

namespace Splade.Testing.Stores;

/// <summary>A test of a store, which is skipped with the fixture's reason where no store can be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Splade.Testing.Stores.StoreFactDiscoverer", "Splade.Testing.Stores")]
public sealed class StoreFactAttribute : FactAttribute
{
}

/// <summary>Asks the fixture of a class of tests before it makes its tests.</summary>
public sealed class StoreFactDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        TestMethodDisplay display = discoveryOptions.MethodDisplayOrDefault();
        TestMethodDisplayOptions options = discoveryOptions.MethodDisplayOptionsOrDefault();
        return ReasonOf(testMethod.TestClass.Class.ToRuntimeType()) is { } reason
            ? [new SkippedTestCase(diagnostics, display, options, testMethod, reason)]
            : [new XunitTestCase(diagnostics, display, options, testMethod)];
    }

    private static string? ReasonOf(Type? tests)
    {
        for (; tests is not null; tests = tests.BaseType)
        {
            if (tests.IsGenericType && tests.GetGenericTypeDefinition() == typeof(HybridStoreTests<>))
            {
                return (string?)tests.GetGenericArguments()[0].GetProperty(nameof(IHybridStoreFixture.Unavailable))!.GetValue(null);
            }
        }

        return null;
    }
}

/// <summary>A test that is skipped for a reason that is known only when it is found.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    private string _reason = string.Empty;

    /// <summary>Initializes a new instance of the <see cref="SkippedTestCase"/> class, to be read into.</summary>
    [Obsolete("Called by what reads test cases.")]
    public SkippedTestCase()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SkippedTestCase"/> class.</summary>
    public SkippedTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, string reason)
        : base(diagnostics, display, options, method) => _reason = reason;

    /// <inheritdoc/>
    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(_reason), _reason);
    }

    /// <inheritdoc/>
    public override void Deserialize(IXunitSerializationInfo data)
    {
        _reason = data.GetValue<string>(nameof(_reason));
        base.Deserialize(data);
    }

    /// <inheritdoc/>
    protected override string GetSkipReason(IAttributeInfo factAttribute) => _reason;
}
