namespace MirrorValidate.Windows.Tests;

/// <summary>The classes of unit tests that depend on the system, by the assembly that has them.</summary>
internal static class UnitTestClasses
{
    internal static readonly (string Assembly, string[] Classes)[] All =
    [
        (
            "CoreTests",
            [
                // Lists and the files that are written.
                "CsvListTests", "DetectionTests", "DocumentFormatTests", "FailedListConcurrencyTests",
                "FailedListTests", "ImageListReaderTests", "ImageSyncerListTests", "ListHintTests", "ListLineTests",
                "MirrorImageParseTests", "MirrorImageResolveTests", "MisplacedValueTests", "OcMirrorListTests",
                "RegistryMapTests", "RegSyncListTests", "SkopeoSyncListTests", "LogEventTests",
                // Names, which are no paths.
                "DigestTests", "ImageNameTests", "ImageReferenceTests", "PrintableTests", "RegistryHostTests",
                // Stores on disk.
                "ArchiveDamageTests", "DamageTests", "HostileTests", "NameTests", "SavingTests", "ShapeTests",
                "TarTests",
                // Credential files, helpers and what is asked for them.
                "CredentialFileDefaultsTests", "CredentialFileFormatTests", "CredentialFileTests",
                "CredentialHelperAnswerTests", "CredentialHelperTests", "CredentialPathTests", "HiddenLoginTests",
                "RegistryCredentialTests", "TokenAnswerTests", "TokenRefusalTests", "TokenTests",
                // Connections.
                "AddressPolicyTests", "InvalidHttpTests", "NoProxyListTests", "ProxyAnswerTests", "RedirectTests",
                "TagListTests",
            ]),
        // Result files: locks, torn lines, marks.
        ("ReportTests", ["ResultFileTests", "ResultIndexTests"]),
        // Files of the cmdlets: several runs that write one log, result files that are read meanwhile.
        ("PowerShellTests", ["FailedListTests", "LogTests", "ResultPathTests"]),
    ];

    /// <summary>
    /// Tests that fail by a fault of Wine, which <see cref="WineFaultTests"/> shows without our code.
    /// </summary>
    internal static readonly Dictionary<string, string> Faults = new()
    {
        ["SavingTests.What_was_saved_takes_the_place_of_the_source"] = WineFaultTests.MakesNoCurveKeys,
        ["FailedListTests.The_list_may_be_read_while_it_is_replaced"] = WineFaultTests.ReplacesNoOpenFile,
    };
}
